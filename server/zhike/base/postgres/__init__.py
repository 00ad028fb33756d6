"""PostgreSQL with psycopg's compiled reader of timestamps."""
