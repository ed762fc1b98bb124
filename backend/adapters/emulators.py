"""All emulators as one application, for the sample county: started on a loopback port of its own."""

from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route

from backend.adapters.realname.emulator import RealNameEmulator
from backend.adapters.signing import AppKey
from backend.adapters.sms.emulator import SmsEmulator
from backend.adapters.wechat.emulator import WeChatEmulator

#: Known to everybody and good for nothing but the emulators.
SAMPLE_APP_ID = "wx-sample-county"
SAMPLE_SECRET = "sample-county-secret"  # noqa: S105  opens nothing but an emulator on loopback
SAMPLE_KEY = AppKey("sample-county", SAMPLE_SECRET)


@dataclass(frozen=True)
class Emulators:
    """The emulators, so that tests can plan faults and read inboxes directly."""

    wechat: WeChatEmulator = field(
        default_factory=lambda: WeChatEmulator(app_id=SAMPLE_APP_ID, secret=SAMPLE_SECRET, free_messages=3)
    )
    sms: SmsEmulator = field(default_factory=lambda: SmsEmulator(key=SAMPLE_KEY))
    realname: RealNameEmulator = field(default_factory=lambda: RealNameEmulator(key=SAMPLE_KEY))


def build_emulators(emulators: Emulators | None = None) -> Starlette:
    """Mount every emulator below /emulators; the page there lists their inboxes."""
    built = emulators or Emulators()
    return Starlette(
        routes=[
            Mount("/emulators/wechat", app=built.wechat.app),
            Mount("/emulators/sms", app=built.sms.app),
            Mount("/emulators/realname", app=built.realname.app),
            Route("/emulators/", _contents),
        ]
    )


async def _contents(request: Request) -> Response:
    return HTMLResponse(
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>模拟系统</title><h1>示例县的模拟系统</h1>'
        '<ul><li><a href="sms/">短信</a></li><li><a href="wechat/">微信订阅消息</a></li></ul></html>'
    )
