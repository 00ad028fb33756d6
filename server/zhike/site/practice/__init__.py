"""The practice workspace of an installation: laying it, the way in, and what is open there (R31).

`docs/decisions/013-practice-workspace.md` tells why it is a database of its own.
"""
