"""The sample county's officers and how to sign in as them. Invented people; never in a real county."""

from dataclasses import dataclass
from datetime import datetime

from backend.identity import service as identity
from backend.identity.errors import StaffNumberTaken
from backend.identity.ports import PasswordHasher
from backend.kernel.actors import SYSTEM, Role
from backend.kernel.ports import Vault

#: Printed at every start of the sample county, so it protects nothing.
PASSWORD = "huantai-sample-2018"  # noqa: S105  see above


@dataclass(frozen=True)
class SampleOfficer:
    staff_number: str
    name: str
    told: str
    roles: frozenset[Role]
    #: Base 32; the emulated authenticator shows its codes.
    totp_secret: str


OFFICERS = (
    SampleOfficer(
        "1001", "孙窗口", "窗口受理", frozenset({Role.WINDOW_CLERK}), "EEPQOG3XBGDQXMU76J7FKP2PRNU6AXW4"
    ),
    SampleOfficer(
        "1002",
        "钱审查",
        "审查",
        frozenset({Role.WINDOW_CLERK, Role.REVIEWER}),
        "UQY7FMDFAPSXYJZYFG7FGJ7AQPBNJGDL",
    ),
    SampleOfficer("1003", "周负责", "负责人", frozenset({Role.HEAD}), "2TBOQUBJWPVPKNAGXHDKZZUKOBFDVPTB"),
    SampleOfficer(
        "1004", "吴审计", "案卷抽查", frozenset({Role.AUDITOR}), "OUSGJMFE7QNCEYWP7XTIDJY6LG45CHZP"
    ),
)


async def load(now: datetime, *, hasher: PasswordHasher, vault: Vault) -> int:
    """Create the sample officers that are not there yet; how many were."""
    known = {officer.staff_number for officer in await identity.officers()}
    created = 0
    for each in OFFICERS:
        if each.staff_number in known:
            continue
        try:
            await identity.create_officer(
                staff_number=each.staff_number,
                name=each.name,
                office="370321",
                roles=each.roles,
                password=PASSWORD,
                hasher=hasher,
                vault=vault,
                actor=SYSTEM,
                now=now,
                totp_secret=each.totp_secret,
            )
        except StaffNumberTaken:
            continue  # another process seeds at the same time
        created += 1
    return created
