"""A county's office for tests that issue something in its name."""

from datetime import datetime

from backend.catalog import service as catalog
from backend.catalog.types import Office, Organisation
from backend.kernel.actors import SYSTEM

OFFICE = Office(
    name="桓台县行政审批服务局",
    region="桓台县",
    region_code="370321",
    phone="0533-0000000",
    hours="",
    address="",
    complaint_phone="",
    is_pending=True,
)


async def publish_office(now: datetime) -> None:
    """Publish a catalogue of no items whose office is `OFFICE`."""
    bodies = Organisation(OFFICE, (), (), (), ())
    await catalog.publish_catalogue([], organisation=bodies, source_digest="", actor=SYSTEM, now=now)
