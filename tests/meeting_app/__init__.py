"""The promises of `meeting_app`, each on SQLite and on PostgreSQL."""
