"""What identity does after commit."""

from backend.identity.events import PhoneCodeRequested
from backend.identity.ports import SmsGateway
from backend.identity.service import deliver_phone_code
from backend.kernel.events import Context, Handler
from backend.kernel.ports import Vault


async def send_phone_code(event: PhoneCodeRequested, context: Context) -> None:
    """Send the code by SMS and erase it; the platform drops a repeated key."""
    sms, vault = context.ports.get(SmsGateway), context.ports.get(Vault)
    await deliver_phone_code(event.code_id, sms=sms, vault=vault, now=context.now)


HANDLERS = [Handler("identity.send_phone_code", PhoneCodeRequested, send_phone_code, target="sms")]
