"""The three stores, on SQLite and on PostgreSQL, through SQLAlchemy Core."""
