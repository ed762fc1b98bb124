"""Where residents can be reached, for messages."""

from uuid import UUID

from backend.identity import service
from backend.kernel.ports import Vault
from backend.notifications.ports import Address


class PersonContacts:
    """`notifications.ports.Contacts` on identity's accounts."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def of(self, person_id: UUID) -> Address:
        """Raises `identity.errors.NoSuchPerson`."""
        contact = await service.contact_of(person_id, self._vault)
        return Address(openid=contact.openid, phone=contact.phone)
