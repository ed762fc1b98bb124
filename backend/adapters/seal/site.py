"""Where the public finds the verification page. Fulfils `licences.ports.VerificationSite`."""


class PublicSite:
    """Addresses below what people see in their browser (`Settings.address`)."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")

    def url_of(self, code: str) -> str:
        return f"{self._address}/verify/{code}"
