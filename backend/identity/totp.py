"""Time-based one-time codes (动态口令, RFC 6238): six digits, thirty seconds, pure."""

from datetime import datetime

import pyotp

STEP_SECONDS = 30
#: One step early or late is let pass, for clocks that are slightly off.
DRIFT_STEPS = 1


def new_secret() -> str:
    """A fresh secret of 160 bits, in base 32 as authenticator apps read it."""
    return pyotp.random_base32()


def code_at(secret: str, moment: datetime) -> str:
    """The code an authenticator shows at a moment."""
    return pyotp.TOTP(secret).at(moment)


def matching_step(secret: str, code: str, *, now: datetime) -> int | None:
    """The step whose code was entered, None when there is none.

    The caller keeps the last step used and refuses it the next time: a code works once.
    """
    present = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        if pyotp.utils.strings_equal(totp.generate_otp(step), code.strip()):
            return step
    return None


def provisioning_address(secret: str, *, staff_number: str, issuer: str) -> str:
    """The otpauth address that goes into the QR code on an officer's first day."""
    return pyotp.TOTP(secret).provisioning_uri(name=staff_number, issuer_name=issuer)
