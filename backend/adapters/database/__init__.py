"""The two engines (SQLite, PostgreSQL), how they are opened, and how they are migrated."""
