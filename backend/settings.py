"""Every setting of the service, read once from the environment (see `.env.example`)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from backend.kernel.clock import Clock, FixedClock, OffsetClock, SystemClock


@dataclass(frozen=True)
class Settings:
    """Operational numbers and addresses. Legal numbers are code, item numbers are catalogue data."""

    #: Address and port the web server listens on.
    host: str = "127.0.0.1"
    port: int = 8000
    #: What people see in their browser; stands in QR codes. Empty: http://host:port.
    public_url: str = ""
    #: Folder of the database file, materials, keys and letters when no server keeps them.
    data_dir: Path = Path("data")
    #: sqlite:///path or postgres://user@host:port/name. Empty: a file in the data folder.
    database_url: str = ""
    #: Connections per process to PostgreSQL.
    db_pool_min: int = 1
    db_pool_max: int = 10
    #: redis://host:port/db for sessions, limits and locks. Empty: this process's memory.
    redis_url: str = ""
    #: s3://bucket with endpoint and keys below. Empty: files in the data folder.
    s3_url: str = ""
    s3_endpoint: str = ""
    s3_access_key: str = field(default="", repr=False)
    s3_secret_key: str = field(default="", repr=False)
    #: Run the worker inside the web process.
    embedded_worker: bool = True
    #: How often an idle worker looks for jobs.
    worker_poll_seconds: float = 0.2
    #: WeChat mini-program; without an app id the emulator answers.
    wechat_app_id: str = ""
    wechat_secret: str = field(default="", repr=False)
    #: Token and key of the customer-service messages, as typed into WeChat's platform (43 signs; 安全模式).
    wechat_token: str = field(default="", repr=False)
    wechat_aes_key: str = field(default="", repr=False)
    #: Ids WeChat gave our message templates: ours=theirs,ours=theirs
    wechat_template_ids: str = ""
    #: SMS gateway, its key as name:secret; without an address the emulator answers.
    sms_url: str = ""
    sms_key: str = field(default="", repr=False)
    #: Real-name check, its key as name:secret; without an address the emulator answers.
    realname_url: str = ""
    realname_key: str = field(default="", repr=False)
    #: Port of the emulators on loopback; 0 takes any free one.
    emulator_port: int = 0
    #: Folder of the built H5 front end.
    h5_dir: Path = Path("miniprogram/dist/h5")
    #: For rehearsals in the sample county only: a frozen moment (ISO 8601) or seconds to add.
    frozen_now: str = ""
    clock_offset: int = 0
    #: debug | info | warning
    log_level: str = "info"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite://{(self.data_dir / 'service.sqlite3').as_posix()}"

    @property
    def address(self) -> str:
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def wechat_templates(self) -> dict[str, str]:
        """WeChat's id by our own key of a template."""
        pairs = (pair.partition("=") for pair in self.wechat_template_ids.split(",") if pair.strip())
        return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}

    @property
    def uses_real_adapters(self) -> bool:
        """Whether anything said here reaches the outside world."""
        return bool(self.wechat_app_id or self.sms_url or self.realname_url)

    @property
    def needs_emulators(self) -> bool:
        return not (self.wechat_app_id and self.sms_url and self.realname_url)

    def clock(self) -> Clock:
        """The clock of this run. Raises `ValueError` when time is moved beside real adapters."""
        if (self.frozen_now or self.clock_offset) and self.uses_real_adapters:
            raise ValueError("FROZEN_NOW and CLOCK_OFFSET are refused when real adapters are configured")
        if self.frozen_now:
            return FixedClock(datetime.fromisoformat(self.frozen_now))
        if self.clock_offset:
            return OffsetClock(timedelta(seconds=self.clock_offset))
        return SystemClock()


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read settings from variables named like the fields in capitals; unknown variables are left alone."""
    values: dict[str, object] = {}
    for name, default in ((f.name, f.default) for f in Settings.__dataclass_fields__.values()):
        text = environment.get(name.upper())
        if text is not None and (text != "" or isinstance(default, str)):
            values[name] = _parsed(name, text, default)
    return Settings(**values)  # type: ignore[arg-type]  # each value has its field's own type


def _parsed(name: str, text: str, default: object) -> object:
    try:
        if isinstance(default, bool):
            return text.lower() in {"1", "true", "yes", "on"}
        if isinstance(default, (int, float)):
            return type(default)(text)
    except ValueError:
        raise ValueError(f"{name.upper()}={text!r} is not a number") from None
    return Path(text) if isinstance(default, Path) else text
