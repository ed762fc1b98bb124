"""All emulators as one application, for the sample county: started on a loopback port of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route

from backend.adapters.realname.emulator import RealNameEmulator
from backend.adapters.signing import AppKey
from backend.adapters.sms.emulator import SmsEmulator
from backend.adapters.wechat.emulator import WeChatEmulator
from backend.identity.totp import code_at
from backend.kernel.clock import Clock, SystemClock

#: Known to everybody and good for nothing but the emulators.
SAMPLE_APP_ID = "wx-sample-county"
SAMPLE_SECRET = "sample-county-secret"  # noqa: S105  opens nothing but an emulator on loopback
SAMPLE_TOKEN = "sample-county-token"  # noqa: S105  signs nothing but what the emulator pushes
SAMPLE_AES_KEY = "c2FtcGxlLWNvdW50eS1hZXMta2V5LTAwMDAwMDAwMDA"
SAMPLE_KEY = AppKey("sample-county", SAMPLE_SECRET)


@dataclass(frozen=True)
class Emulators:
    """The emulators, so that tests can plan faults and read inboxes directly."""

    wechat: WeChatEmulator = field(
        default_factory=lambda: WeChatEmulator(
            app_id=SAMPLE_APP_ID,
            secret=SAMPLE_SECRET,
            free_messages=3,
            token=SAMPLE_TOKEN,
            aes_key=SAMPLE_AES_KEY,
        )
    )
    sms: SmsEmulator = field(default_factory=lambda: SmsEmulator(key=SAMPLE_KEY))
    realname: RealNameEmulator = field(default_factory=lambda: RealNameEmulator(key=SAMPLE_KEY))


@dataclass(frozen=True)
class Authenticator:
    """A telephone's authenticator: label and TOTP secret of each account it knows."""

    secrets: Mapping[str, str]
    clock: Clock

    async def page(self, request: Request) -> Response:
        rows = "".join(f"<li>{escape(label)}：<b>{code}</b></li>" for label, code in self._now().items())
        return HTMLResponse(PAGE.format(rows=rows))

    async def codes(self, request: Request) -> Response:
        return JSONResponse(self._now())

    def _now(self) -> dict[str, str]:
        return {label: code_at(secret, self.clock.now()) for label, secret in self.secrets.items()}


PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="10">
<title>动态口令</title><h1>动态口令（每 30 秒更换）</h1><ul>{rows}</ul></html>"""


def build_emulators(emulators: Emulators | None = None, *, phone: Authenticator | None = None) -> Starlette:
    """Mount every emulator below /emulators; the page there lists their inboxes.

    `phone` shows the sample officers' one-time codes, as the telephones in their pockets would.
    """
    built = emulators or Emulators()
    shown = phone or Authenticator({}, SystemClock())
    return Starlette(
        routes=[
            Mount("/emulators/wechat", app=built.wechat.app),
            Mount("/emulators/sms", app=built.sms.app),
            Mount("/emulators/realname", app=built.realname.app),
            Route("/emulators/totp/", shown.page),
            Route("/emulators/totp/codes", shown.codes),
            Route("/emulators/", _contents),
        ]
    )


async def _contents(request: Request) -> Response:
    return HTMLResponse(
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>模拟系统</title><h1>示例县的模拟系统</h1>'
        '<ul><li><a href="sms/">短信</a></li><li><a href="wechat/">微信订阅消息</a></li><li><a href="totp/">动态口令</a></li></ul></html>'
    )
