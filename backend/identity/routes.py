"""Signing in and the resident's own account."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.identity import rules, service
from backend.identity.errors import RealNameMismatch
from backend.identity.ports import RealNameCheck, WeChatLogin
from backend.identity.schemas import (
    CodeOnItsWay,
    PersonAnswer,
    PhoneCodeForm,
    PhoneForm,
    RealNameForm,
    SessionAnswer,
    SessionRow,
    WeChatCodeForm,
)
from backend.identity.types import IssuedSession
from backend.kernel.ports import SharedState, Vault
from backend.web.auth import signed_in
from backend.web.limits import limit
from backend.web.operation import Permit, operation
from backend.web.pages import Page, answer, no_content
from backend.web.params import body_of, id_of, now_of, port_of

MINUTE, HOUR, DAY = 60, 3600, 86400


@operation("用微信登录", permit=Permit.ANYONE, body=WeChatCodeForm, answers=SessionAnswer, status=201)
async def sign_in_with_wechat(request: Request) -> Response:
    form = await body_of(request, WeChatCodeForm)
    await limit(request, "wechat-sign-in", tries=120, window_seconds=MINUTE)
    account = await port_of(request, WeChatLogin).code_to_session(form.code)
    session = await service.sign_in_with_wechat(
        account.openid, account.unionid, device=_device(request), now=now_of(request)
    )
    return await _session_answer(request, session)


@operation("获取短信验证码", permit=Permit.ANYONE, body=PhoneForm, answers=CodeOnItsWay, status=202)
async def request_phone_code(request: Request) -> Response:
    form = await body_of(request, PhoneForm)
    vault = port_of(request, Vault)
    await limit(request, "phone-code", tries=30, window_seconds=HOUR)
    digest = vault.digest(form.phone, purpose="identity.limit")
    await limit(request, "phone-code-burst", tries=3, window_seconds=10, who=digest)
    receipt = await service.request_phone_code(form.phone, vault=vault, now=now_of(request))
    return answer(CodeOnItsWay(retry_after_seconds=receipt.retry_after_seconds), status=202)


@operation(
    "用手机号和验证码登录", permit=Permit.ANYONE, body=PhoneCodeForm, answers=SessionAnswer, status=201
)
async def sign_in_with_phone(request: Request) -> Response:
    form = await body_of(request, PhoneCodeForm)
    await limit(request, "phone-sign-in", tries=60, window_seconds=10 * MINUTE)
    session = await service.sign_in_with_phone_code(
        form.phone, form.code, device=_device(request), vault=port_of(request, Vault), now=now_of(request)
    )
    return await _session_answer(request, session)


@operation("退出登录", permit=Permit.SIGNED_IN, status=204)
async def sign_out(request: Request) -> Response:
    await service.sign_out(signed_in(request), now=now_of(request), state=port_of(request, SharedState))
    return no_content()


@operation("我的账户", permit=Permit.PERSON, answers=PersonAnswer)
async def me(request: Request) -> Response:
    person = await service.person(signed_in(request).id, port_of(request, Vault))
    return answer(PersonAnswer.of(person))


@operation("实名认证", permit=Permit.PERSON, body=RealNameForm, answers=PersonAnswer)
async def prove_real_name(request: Request) -> Response:
    form, actor = await body_of(request, RealNameForm), signed_in(request)
    await limit(request, "real-name", tries=10, window_seconds=DAY, who=str(actor.id))
    if not await port_of(request, RealNameCheck).matches(name=form.name, id_number=form.id_number):
        raise RealNameMismatch
    person = await service.prove_real_name(
        form.name, form.id_number, actor=actor, vault=port_of(request, Vault), now=now_of(request)
    )
    return answer(PersonAnswer.of(person))


@operation("用微信绑定手机号", permit=Permit.PERSON, body=WeChatCodeForm, answers=PersonAnswer)
async def bind_phone_with_wechat(request: Request) -> Response:
    form, actor = await body_of(request, WeChatCodeForm), signed_in(request)
    await limit(request, "wechat-phone", tries=20, window_seconds=DAY, who=str(actor.id))
    phone = await port_of(request, WeChatLogin).phone_number(form.code)
    person = await service.bind_phone(
        phone,
        actor=actor,
        vault=port_of(request, Vault),
        state=port_of(request, SharedState),
        now=now_of(request),
    )
    return answer(PersonAnswer.of(person))


@operation("用验证码绑定手机号", permit=Permit.PERSON, body=PhoneCodeForm, answers=PersonAnswer)
async def bind_phone_with_code(request: Request) -> Response:
    form, actor = await body_of(request, PhoneCodeForm), signed_in(request)
    await limit(request, "phone-bind", tries=20, window_seconds=DAY, who=str(actor.id))
    person = await service.bind_phone_with_code(
        form.phone,
        form.code,
        actor=actor,
        vault=port_of(request, Vault),
        state=port_of(request, SharedState),
        now=now_of(request),
    )
    return answer(PersonAnswer.of(person))


@operation("我登录过的设备", permit=Permit.PERSON, answers=Page[SessionRow])
async def my_sessions(request: Request) -> Response:
    actor = signed_in(request)
    rows = await service.sessions_of(actor.id, now=now_of(request))
    return answer(Page[SessionRow](items=[SessionRow.of(row, current_id=actor.session_id) for row in rows]))


@operation("让一台设备退出登录", permit=Permit.PERSON, status=204)
async def end_session(request: Request) -> Response:
    await service.revoke_session(
        id_of(request), actor=signed_in(request), now=now_of(request), state=port_of(request, SharedState)
    )
    return no_content()


async def _session_answer(request: Request, session: IssuedSession) -> Response:
    person = await service.person(session.actor.id, port_of(request, Vault))
    return answer(SessionAnswer.of(session, person), status=201)


def _device(request: Request) -> str:
    return rules.device_label(request.headers.get("user-agent", ""))


ROUTES = [
    Route("/api/v1/sessions/wechat", sign_in_with_wechat, methods=["POST"]),
    Route("/api/v1/sessions/phone-codes", request_phone_code, methods=["POST"]),
    Route("/api/v1/sessions/phone", sign_in_with_phone, methods=["POST"]),
    Route("/api/v1/sessions/current", sign_out, methods=["DELETE"]),
    Route("/api/v1/me", me),
    Route("/api/v1/me/real-name", prove_real_name, methods=["PUT"]),
    Route("/api/v1/me/phone/wechat", bind_phone_with_wechat, methods=["POST"]),
    Route("/api/v1/me/phone", bind_phone_with_code, methods=["POST"]),
    Route("/api/v1/me/sessions", my_sessions),
    Route("/api/v1/me/sessions/{id}", end_session, methods=["DELETE"]),
]
