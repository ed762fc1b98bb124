"""What other packages use of identity."""

from backend.identity.officers import (
    change_roles,
    create_officer,
    deactivate_officer,
    officer,
    officers,
    sign_in_officer,
)
from backend.identity.persons import (
    bind_phone,
    bind_phone_with_code,
    contact_of,
    identity_of,
    person,
    prove_real_name,
    sign_in_with_phone_code,
    sign_in_with_wechat,
    views_of,
)
from backend.identity.phone_codes import deliver_phone_code, request_phone_code
from backend.identity.rules import read_credit_code, read_id_number, read_phone
from backend.identity.sessions import (
    KnownSession,
    actor_for_token,
    revoke_session,
    session_for_token,
    sessions_of,
    sign_out,
)

__all__ = [
    "KnownSession",
    "actor_for_token",
    "bind_phone",
    "bind_phone_with_code",
    "change_roles",
    "contact_of",
    "create_officer",
    "deactivate_officer",
    "deliver_phone_code",
    "identity_of",
    "officer",
    "officers",
    "person",
    "prove_real_name",
    "read_credit_code",
    "read_id_number",
    "read_phone",
    "request_phone_code",
    "revoke_session",
    "session_for_token",
    "sessions_of",
    "sign_in_officer",
    "sign_in_with_phone_code",
    "sign_in_with_wechat",
    "sign_out",
    "views_of",
]
