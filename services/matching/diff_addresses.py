"""The difference of two postal addresses: one block, with the parts that differ."""

from domain.fields import AddressPart, DiffStatus, FieldDiff, RecordField, Take
from domain.values import PostalAddress
from services.matching.streets import fold_place, fold_postcode, fold_street
from services.matching.text import fold, squash


def diff_address(
    field: RecordField, address: PostalAddress | None, existing: PostalAddress | None, country: str
) -> FieldDiff | None:
    """The difference of two addresses; None if both are empty. ``country`` stands for a country that is not given.

    Parts that only the record has are no difference: the lead says less. The lead's address is suggested where it
    completes the existing one without contradicting it.
    """
    address = None if address is None or address.is_empty else address
    existing = None if existing is None or existing.is_empty else existing
    if address is None and existing is None:
        return None
    if address is None or existing is None:
        status, suggested = (
            (DiffStatus.ONLY_EXISTING, Take.EXISTING) if address is None else (DiffStatus.FILLS_EMPTY, Take.LEAD)
        )
        return FieldDiff(field=field, lead_value=address, existing_value=existing, status=status, suggested=suggested)
    return _compare(field, address, existing, country)


def _compare(field: RecordField, address: PostalAddress, existing: PostalAddress, country: str) -> FieldDiff:
    given, known = _fold_parts(address, country), _fold_parts(existing, country)
    parts = tuple(part for part in AddressPart if given[part] and given[part] != known[part])
    is_completing = all(known[part] in {"", given[part]} for part in AddressPart)
    both = [part for part in AddressPart if given[part] and known[part]]
    equal = [part for part in both if given[part] == known[part]]
    return FieldDiff(
        field=field,
        lead_value=address,
        existing_value=existing,
        status=DiffStatus.DIFFERENT if parts else DiffStatus.SAME,
        similarity=round(len(equal) / len(both), 3) if both else 0.0,
        suggested=Take.LEAD if parts and is_completing else Take.EXISTING,
        parts=parts,
    )


def _fold_parts(address: PostalAddress, country: str) -> dict[AddressPart, str]:
    own_country = fold(address.country).upper() or country.upper()
    street, house_number = fold_street(address.street, address.house_number)
    return {
        AddressPart.STREET: squash(street),
        AddressPart.HOUSE_NUMBER: house_number,
        AddressPart.POSTCODE: fold_postcode(address.postcode, own_country),
        AddressPart.CITY: squash(fold_place(address.city)),
        AddressPart.REGION: squash(fold_place(address.region)),
        AddressPart.COUNTRY: own_country,
    }
