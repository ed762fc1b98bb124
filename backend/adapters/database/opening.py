"""How a database address becomes a tortoise configuration."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from backend.settings import Settings

#: Every package with tables, in the order of the layers.
TABLES = (
    "journal",
    "identity",
    "catalog",
    "timelimits",
    "materials",
    "documents",
    "licences",
    "cases",
    "notifications",
    "assistant",
)


def model_modules() -> list[str]:
    """The modules that define tables."""
    return [f"backend.{name}.models" for name in TABLES]


def config(settings: Settings, *, with_foreign_keys: bool = True) -> dict[str, Any]:
    """Tortoise's configuration for an address. Raises `ValueError` for an unknown scheme."""
    return {
        "connections": {"default": connection(settings, with_foreign_keys=with_foreign_keys)},
        "apps": {
            "backend": {
                "models": model_modules(),
                "default_connection": "default",
                "migrations": "backend.migrations.versions",
            }
        },
        "use_tz": True,
        "timezone": "Asia/Shanghai",
    }


def missing_file(settings: Settings) -> Path | None:
    """The file SQLite would have to make; None where it is there or a server keeps the tables."""
    if urlsplit(settings.database).scheme != "sqlite":
        return None
    path = Path(settings.database.removeprefix("sqlite://"))
    return None if path.exists() else path


def connection(settings: Settings, *, with_foreign_keys: bool = True) -> dict[str, Any]:
    url = settings.database
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "engine": "backend.adapters.database.sqlite_immediate",
            "credentials": {
                "file_path": url.removeprefix("sqlite://"),
                "journal_mode": "WAL",
                "synchronous": "FULL",  # the outbox promises durability (NORMAL loses commits on power loss)
                "busy_timeout": 10000,
                "foreign_keys": "ON" if with_foreign_keys else "OFF",
            },
        }
    if parts.scheme in {"postgres", "postgresql", "asyncpg"}:
        return {
            "engine": "tortoise.backends.asyncpg",
            "credentials": {
                "host": parts.hostname or "127.0.0.1",
                "port": parts.port or 5432,
                "user": unquote(parts.username or "root"),
                "password": unquote(parts.password or "") or None,
                "database": parts.path.lstrip("/"),
                "minsize": settings.db_pool_min,
                "maxsize": settings.db_pool_max,
            },
        }
    raise ValueError(f"DATABASE_URL has an unknown scheme: {parts.scheme!r}")
