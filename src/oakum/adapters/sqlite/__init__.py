"""Ports on SQLite, through apsw."""
