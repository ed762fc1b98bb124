"""WeChat's customer service in memory."""

from dataclasses import dataclass, field

APP_ID, TOKEN = "wx-test", "test-token"
AES_KEY = "c2FtcGxlLWNvdW50eS1hZXMta2V5LTAwMDAwMDAwMDA"


@dataclass
class FakeReplies:
    """Takes every reply once; fails when told to."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    fault: Exception | None = None

    async def send_text(self, *, openid: str, text: str) -> None:
        if self.fault:
            raise self.fault
        self.sent.append((openid, text))

    def to(self, openid: str) -> list[str]:
        return [text for receiver, text in self.sent if receiver == openid]
