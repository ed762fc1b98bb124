"""What the forms of decision start with, taken from the item version and the application. Pure."""

from collections.abc import Sequence

from backend.cases.types import FormLine
from backend.catalog.types import FieldType, FormField, ItemVersion, Variant
from backend.console.types import Grounds

#: Not printed on a licence unless an officer writes it there: numbers that identify or reach a person,
#: and the holder's name, which the licence carries anyway.
NOT_PRINTED = frozenset({FieldType.PHONE, FieldType.ID_NUMBER, FieldType.TEXTAREA})
HOLDER_KEYS = frozenset({"applicant_name", "organisation_name", "name"})


def grounds_of(item: ItemVersion, variant: Variant, *, form: Sequence[FormLine], remedies: str) -> Grounds:
    """Clauses from the legal basis, printed lines from the form, what is known of the validity."""
    known = variant.validity or item.validity
    validity = f"{known.value}{'（待核实）' if known.is_pending else ''}" if known else ""
    return Grounds(
        clauses="\n".join(item.legal_basis),
        lines=printed_lines(form, variant.form),
        validity=validity,
        remedies=remedies,
    )


def printed_lines(form: Sequence[FormLine], fields: Sequence[FormField]) -> tuple[tuple[str, str], ...]:
    """Label and text of what a licence may show besides holder, number and dates."""
    printable = {each.key for each in fields if each.type not in NOT_PRINTED} - HOLDER_KEYS
    return tuple(
        (each.label, each.value.replace("\n", "、")) for each in form if each.key in printable and each.value
    )
