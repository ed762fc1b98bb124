"""Whether a form came from our own page. Pure.

Two proofs: what the browser says of the request's origin, and a token of the session that only our own
pages can know. The first guards the sign-in, where there is no session yet.
"""

import hmac
from urllib.parse import urlsplit


def is_own_origin(*, host: str, origin: str | None, fetch_site: str | None) -> bool:
    """Whether the browser says the request comes from this site; browsers that say nothing pass.

    `host` is the Host header; schemes are not compared, as a proxy may have ended TLS.
    """
    if fetch_site is not None and fetch_site not in {"same-origin", "none"}:
        return False
    return origin is None or _netloc(origin).lower() == host.lower() != ""


def _netloc(origin: str) -> str:
    """The host of an origin; empty for one that is none, such as `http://[`."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def is_token(told: str, expected: str) -> bool:
    """Whether a hidden field holds the session's token; compared in constant time."""
    return bool(expected) and hmac.compare_digest(told.encode(), expected.encode())
