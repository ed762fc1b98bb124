"""wechatpy 1.8.18, made safe for one fixed job.

As it comes it retries without end on 40001, fetches tokens without a lock or a timeout, and sends
an app token where none belongs. Here tokens come from outside and nothing is retried.
"""

from contextvars import ContextVar
from typing import Any, cast

from requests.adapters import HTTPAdapter
from wechatpy import WeChatClient

#: The token of the call that is running; None leaves the parameter out of the address.
current_token: ContextVar[str | None] = ContextVar("wechat_token", default=None)


class PlainClient(WeChatClient):  # type: ignore[misc]  # wechatpy has no types
    """One HTTP session to WeChat or its emulator; blocking, so call it in a thread."""

    def __init__(
        self, app_id: str, secret: str, *, base_url: str, timeout: tuple[float, float], pool_size: int
    ) -> None:
        super().__init__(app_id, secret, timeout=timeout, auto_retry=False)
        self.base_url = base_url.rstrip("/") + "/"
        self.API_BASE_URL = self.base_url + "cgi-bin/"
        self.wxa.API_BASE_URL = self.base_url
        self._http.trust_env = False
        for scheme in ("http://", "https://"):
            self._http.mount(scheme, HTTPAdapter(pool_maxsize=pool_size))

    @property
    def access_token(self) -> str | None:
        return current_token.get()

    def fetch_access_token(self) -> None:
        raise RuntimeError("tokens come from the gateway")

    def fetch_stable_token(self) -> dict[str, Any]:
        """Ask for the app's stable token; an answer without one is the caller's to judge."""
        form = {"grant_type": "client_credential", "appid": self.appid, "secret": self.secret}
        url = self.base_url + "cgi-bin/stable_token"
        answer = self._http.post(url, json=form, timeout=self.timeout)
        answer.raise_for_status()
        return cast(dict[str, Any], answer.json())

    def user_phone_number(self, code: str) -> Any:
        """What getPhoneNumber's code stands for (wxa/business/getuserphonenumber)."""
        return self.post(self.base_url + "wxa/business/getuserphonenumber", data={"code": code})

    def subscribe_send(self, message: dict[str, Any]) -> Any:
        """Send one subscription message (cgi-bin/message/subscribe/send)."""
        return self.post("message/subscribe/send", data=message)

    def custom_send(self, openid: str, text: str) -> Any:
        """Send one customer-service message (cgi-bin/message/custom/send)."""
        message = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        return self.post("message/custom/send", data=message)

    def close(self) -> None:
        self._http.close()
