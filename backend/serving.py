"""Start things: the sample county, the web service, the worker; and prepare what they need."""

import asyncio
import errno
import socket
import threading
from collections.abc import Awaitable, Callable, Collection
from typing import TypeVar

import uvicorn
from starlette.applications import Starlette
from tortoise.context import TortoiseContext

from backend.adapters.assembly import Assembly, assemble
from backend.adapters.database import opening
from backend.adapters.emulators import Authenticator, build_emulators
from backend.app import build_app
from backend.identity import service as identity
from backend.kernel.actors import SYSTEM, Role
from backend.migrations import service as migrations
from backend.seeds import people
from backend.seeds import service as seeds
from backend.settings import Settings, read
from backend.timelimits import service as timelimits
from backend.web import logs
from backend.worker import build_worker

T = TypeVar("T")
#: Open streams and slow uploads may finish; then the process goes.
GRACE_SECONDS = 20


def serve_sample_county(settings: Settings) -> None:
    """Bring everything up in one process: tables, sample data, emulators, server and worker."""
    logs.configure("warning" if settings.log_level == "info" else settings.log_level)
    _refuse_a_taken_port(settings)
    asyncio.run(migrations.migrate(settings))
    print(asyncio.run(seed(settings)))
    assembly = _assembled(settings)
    _greet(settings, assembly)
    _run(build_app(settings, ports=assembly.ports, clock=settings.clock()), settings)


def _refuse_a_taken_port(settings: Settings) -> None:
    """Before anything is made or greeted; uvicorn itself would say so last, in English."""
    try:
        with socket.create_server((settings.host, settings.port)):
            return
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            return
    raise ValueError(
        f"端口 {settings.port} 已有别的程序在用。请先停掉它，或换一个端口：make run PORT={settings.port + 1}"
    )


def serve(settings: Settings) -> None:
    """Serve the web application on a database that is already at the newest version."""
    logs.configure(settings.log_level)
    _run(build_app(settings, ports=_assembled(settings).ports, clock=settings.clock()), settings)


def serve_with_reload() -> None:
    """For development: a new process whenever a source file changes."""
    settings = read()
    asyncio.run(migrations.migrate(settings))
    print(asyncio.run(seed(settings)))
    uvicorn.run(
        "backend.serving:app_from_environment",
        factory=True,
        reload=True,
        reload_dirs=["backend", "intents"],
        host=settings.host,
        port=settings.port,
        log_level="warning",
    )


def app_from_environment() -> Starlette:
    """The application as the environment describes it, for process managers that import it."""
    settings = read()
    logs.configure(settings.log_level)
    return build_app(settings, ports=_assembled(settings).ports, clock=settings.clock())


def _run(app: Starlette, settings: Settings) -> None:
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        server_header=False,
    )


def work(settings: Settings) -> None:
    """Do jobs and timed work until told to stop."""
    logs.configure(settings.log_level)
    asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    import signal

    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    worker = build_worker(
        ports=_assembled(settings).ports, clock=settings.clock(), poll_seconds=settings.worker_poll_seconds
    )
    async with TortoiseContext() as context:
        await context.init(config=opening.config(settings))
        await worker.run(stop)


async def seed(settings: Settings) -> str:
    """Load the county's files, the published calendar, the seal and, without real systems, sample officers."""
    assembly = assemble(settings)
    now = settings.clock().now()

    async def load() -> str:
        await timelimits.load_published(now=now)
        report = await seeds.load(now)
        if not settings.uses_real_adapters:
            await people.load(now, hasher=assembly.hasher, vault=assembly.vault)
        return str(report)

    return await with_database(settings, load)


async def create_officer(
    settings: Settings, *, number: str, name: str, roles: Collection[Role], office: str, password: str
) -> str:
    """Create a member of staff from the terminal; the TOTP secret to enter into their authenticator."""
    assembly = assemble(settings)

    async def create() -> str:
        made = await identity.create_officer(
            staff_number=number,
            name=name,
            office=office,
            roles=roles,
            password=password,
            hasher=assembly.hasher,
            vault=assembly.vault,
            actor=SYSTEM,
            now=settings.clock().now(),
        )
        return made.totp_secret

    return await with_database(settings, create)


async def with_database(settings: Settings, do: Callable[[], Awaitable[T]]) -> T:
    """Run something with the database open. Raises `FileNotFoundError` where SQLite has no file yet."""
    missing = opening.missing_file(settings)
    if missing:
        raise FileNotFoundError(
            f"没有数据库文件 {missing}。请先启动一次服务（make run）；"
            "启动时写过 DATA_DIR 的，命令前面也写上同样的 DATA_DIR=…"
        )
    async with TortoiseContext() as context:
        await context.init(config=opening.config(settings))
        return await do()


def _assembled(settings: Settings) -> Assembly:
    """Ports as settings say; emulators stand in for what is not configured."""
    emulators = start_emulators(settings) if settings.needs_emulators else ""
    return assemble(settings, emulators=emulators)


def start_emulators(settings: Settings) -> str:
    """Serve the emulators on loopback from a thread of their own; their address.

    Where another process already listens on the port, its emulators are used: a web process and a
    separate worker share one WeChat, as they would share the real one.
    """
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", settings.emulator_port))
        listening.listen()
    except OSError as error:
        listening.close()
        if error.errno != errno.EADDRINUSE or not settings.emulator_port:
            raise
        return f"http://127.0.0.1:{settings.emulator_port}/emulators"
    pocket = Authenticator({o.staff_number: o.totp_secret for o in people.OFFICERS}, settings.clock())
    app = build_emulators(phone=pocket)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}/emulators"


def _greet(settings: Settings, assembly: Assembly) -> None:
    """Say where everything is and who can sign in."""
    at = settings.address
    rows = [f"  {o.staff_number}  {o.told}（{o.name}）" for o in people.OFFICERS]
    print(
        "\n".join(
            [
                "",
                "桓台一次办好 · 示例县已就绪",
                f"  居民网页   {at}/",
                f"  工作台     {at}/console",
                f"  证照核验   {at}/verify",
                f"  接口文档   {at}/api/docs",
                f"  模拟系统   {assembly.emulators}/（短信验证码、微信消息、动态口令都在这里看）",
                "",
                "居民：任意 1990000xxxx 手机号登录，验证码在“模拟系统 · 短信”里。",
                f"工作人员（密码都是 {people.PASSWORD}，动态口令在“模拟系统 · 动态口令”里）：",
                *rows,
                "按 Ctrl+C 停止。",
            ]
        ),
        flush=True,
    )
