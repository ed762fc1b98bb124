"""SQLite for tortoise with BEGIN IMMEDIATE.

Tortoise begins deferred: of three processes that read and then write, a third fail at once with
"database is locked", whatever the busy timeout (tortoise-orm #1675). Taking the write lock first
makes them wait instead. The module's name must contain "sqlite": the migration runner looks at it.
"""

import sqlite3

from tortoise.backends.sqlite import client
from tortoise.exceptions import OperationalError


class ImmediateTransaction(client.SqliteTransactionWrapper):
    async def begin(self) -> None:
        await self._connection.commit()
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error


class ImmediateClient(client.SqliteClient):
    def _in_transaction(self) -> client.SqliteTransactionContext:
        return client.SqliteTransactionContext(ImmediateTransaction(self), self._lock)


client_class = ImmediateClient
