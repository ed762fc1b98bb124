"""The journal is append-only. Not atomic: SQLite runs a script with a trigger body only outside a transaction."""

from tortoise import migrations

from backend.migrations.append_only import AppendOnly


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("backend", "0001_initial")]

    operations = [AppendOnly("journal_entry")]
