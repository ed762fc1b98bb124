"""SQLite for tortoise with BEGIN IMMEDIATE, and with moments and days read by SQLite's own driver.

Tortoise begins deferred: of three processes that read and then write, a third fail at once with
"database is locked", whatever the busy timeout (tortoise-orm #1675). Taking the write lock first
makes them wait instead. The module's name must contain "sqlite": the migration runner looks at it.
"""

import sqlite3
from datetime import date, datetime

import aiosqlite
from tortoise.backends.sqlite import client
from tortoise.exceptions import OperationalError


class ImmediateTransaction(client.SqliteTransactionWrapper):
    async def begin(self) -> None:
        await self._connection.commit()
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error


#: By the column's declared type. Tortoise parses the text with iso8601, 15 µs a moment; a case has six.
sqlite3.register_converter("timestamp", lambda text: datetime.fromisoformat(text.decode()))
sqlite3.register_converter("date", lambda text: date.fromisoformat(text.decode()))


class ImmediateClient(client.SqliteClient):
    async def create_connection(self, with_db: bool) -> None:
        """Open the file as tortoise does, with the converters above."""
        if self._connection:
            return
        self._connection = await aiosqlite.connect(
            self.filename, isolation_level=None, detect_types=sqlite3.PARSE_DECLTYPES
        )
        self._connection._conn.row_factory = sqlite3.Row
        for pragma, value in self.pragmas.items():
            await self._connection.execute_fetchall(f"PRAGMA {pragma}={value}")
        await self._post_connect()

    def _in_transaction(self) -> client.SqliteTransactionContext:
        return client.SqliteTransactionContext(ImmediateTransaction(self), self._lock)


client_class = ImmediateClient
