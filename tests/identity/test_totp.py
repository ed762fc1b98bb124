"""One-time codes: RFC 6238, appendix B, cut to six digits; drift; nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.identity import totp

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("unix_seconds", "code"), [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")]
)
def test_rfc_6238_examples(unix_seconds: int, code: str) -> None:
    now = datetime.fromtimestamp(unix_seconds, UTC)
    assert totp.code_at(SECRET, now) == code
    assert totp.matching_step(SECRET, code, now=now) == unix_seconds // 30


@pytest.mark.parametrize(("drift", "is_accepted"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_one_step_of_drift_is_let_pass(drift: int, is_accepted: bool) -> None:
    now = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
    code = totp.code_at(SECRET, now + timedelta(seconds=drift))
    assert (totp.matching_step(SECRET, code, now=now) is not None) is is_accepted


@pytest.mark.parametrize("code", ["", "abc", "28708", "2870821", "０００００0"])
def test_nonsense_matches_nothing(code: str) -> None:
    assert totp.matching_step(SECRET, code, now=datetime.fromtimestamp(59, UTC)) is None


def test_new_secrets_differ_and_can_be_entered() -> None:
    one, other = totp.new_secret(), totp.new_secret()
    assert one != other
    address = totp.provisioning_address(one, staff_number="HT001", issuer="桓台一次办好")
    assert address.startswith("otpauth://totp/") and one in address
