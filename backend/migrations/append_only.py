"""A migration step that makes a table append-only by trigger, on both engines."""

from typing import Any

from tortoise.migrations.operations import TortoiseOperation
from tortoise.migrations.schema_editor.base import BaseSchemaEditor

SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
POSTGRES = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
DROP TRIGGER IF EXISTS {table}_no_change ON {table};
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


class AppendOnly(TortoiseOperation):
    """Refuse every UPDATE and DELETE on a table. Put it again after any step that rebuilds the table on SQLite."""

    reduces_to_sql = False
    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def describe(self) -> str:
        return f"Make {self.table} append-only"

    def state_forward(self, app_label: str, state: Any) -> None:
        return None

    async def database_forward(
        self, app_label: str, old_state: Any, new_state: Any, state_editor: BaseSchemaEditor | None = None
    ) -> None:
        if state_editor is None:
            return
        script = SQLITE if state_editor.DIALECT == "sqlite" else POSTGRES
        await state_editor.client.execute_script(script.format(table=self.table))

    async def database_backward(
        self, app_label: str, old_state: Any, new_state: Any, state_editor: BaseSchemaEditor | None = None
    ) -> None:
        if state_editor is None:
            return
        names = ["no_update", "no_delete"] if state_editor.DIALECT == "sqlite" else ["no_change"]
        on = "" if state_editor.DIALECT == "sqlite" else f" ON {self.table}"
        for name in names:
            await state_editor.client.execute_script(f"DROP TRIGGER IF EXISTS {self.table}_{name}{on}")
