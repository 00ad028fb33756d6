"""What a record consists of: dictionaries, checks, sealed and masked values."""
