"""Whether a form is ours."""

import pytest

from backend.console.csrf import is_own_origin, is_token

HOST = "county.test"


@pytest.mark.parametrize(
    ("origin", "fetch_site", "is_own"),
    [
        ("https://county.test", "same-origin", True),
        ("http://COUNTY.test", None, True),
        (None, "same-origin", True),
        (None, "none", True),
        (None, None, True),
        ("https://evil.test", None, False),
        ("https://evil.test", "same-origin", False),
        ("https://county.test", "cross-site", False),
        ("https://county.test", "same-site", False),
        ("https://county.test.evil.test", None, False),
        ("https://county.test:8443", None, False),
        ("null", None, False),
        ("http://[", None, False),
    ],
)
def test_only_this_site_sends_forms(origin: str | None, fetch_site: str | None, is_own: bool) -> None:
    assert is_own_origin(host=HOST, origin=origin, fetch_site=fetch_site) is is_own


def test_without_a_host_nothing_is_own() -> None:
    assert not is_own_origin(host="", origin="null", fetch_site=None)


@pytest.mark.parametrize(
    ("told", "expected", "fits"),
    [("abc", "abc", True), ("abd", "abc", False), ("", "", False), ("", "abc", False), ("汉", "abc", False)],
)
def test_the_token_is_the_sessions(told: str, expected: str, fits: bool) -> None:
    assert is_token(told, expected) is fits
