"""Leads from ADF 1.0, the Auto-lead Data Format: the automotive industry's public XML format (April 2000, adfxml.info).

A prospect becomes a row whose columns are our own fields, so that it goes the way of every other row. Of the
specification's elements, the vendor (the receiving dealer) is left out; what has no field of its own goes into the
interest (the vehicles) or the message (comments, time frame, finance, when to call).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from services.importing.adf_xml import Node, Prospect, open_prospects
from services.importing.rows import AnyRow, BrokenRow, Cells, Source, SourceRow

MAX_INTEREST = 1_000
"""Characters; vehicles beyond it are told in the message."""

_NAME_PARTS: Mapping[str, str] = {
    "first": "first",
    "given": "first",
    "middle": "middle",
    "last": "last",
    "surname": "last",
    "suffix": "suffix",
}
"""The values of ``name/@part``; all others, and none at all, mean the full name."""
_PHONES: Mapping[str, str] = {
    "cellphone": "mobile",
    "cell": "mobile",
    "mobile": "mobile",
    "fax": "fax",
}
"""The values of ``phone/@type``; all others mean a landline."""
_VEHICLE = ("status", "year", "make", "model", "trim", "bodystyle")
_DETAILS: Mapping[str, str] = {
    "vin": "VIN",
    "stock": "stock no.",
    "odometer": "odometer",
    "transmission": "transmission",
    "doors": "doors",
    "condition": "condition",
    "price": "price",
}
_UNITS = ("currency", "units")


@contextmanager
def open_adf(path: Path) -> Iterator[Source]:
    """Open an ADF file. Its rows, and opening it, raise ``UnreadableFile`` if there is no prospect to be had."""
    with open_prospects(path) as prospects:
        yield Source(
            rows=(_to_row(each) for each in prospects.items),
            size=path.stat().st_size,
            position=prospects.raw.tell,
            notes=(prospects.note,) if prospects.note else (),
        )


def _to_row(prospect: Prospect | BrokenRow) -> AnyRow:
    if isinstance(prospect, BrokenRow):
        return prospect
    return SourceRow(prospect.line, cells_of(prospect.node))


def cells_of(prospect: Node) -> Cells:
    """The filled fields of a prospect, by our own names."""
    customer = prospect.first("customer")
    contact = customer.first("contact")
    cells = (
        *_identity(prospect),
        *_about(prospect, customer),
        *_name(contact),
        *_reach(contact),
        *_address(contact.first("address")),
    )
    return tuple((field, text) for field, text in cells if text)


def _identity(prospect: Node) -> Iterator[tuple[str, str]]:
    """The id with the lowest sequence, and the system it comes from; without one, the name of the provider."""
    ids = sorted((each for each in prospect.all("id") if each.text), key=lambda each: _number(each, "sequence"))
    provider = prospect.first("provider")
    name = provider.get("name") or provider.get("service")
    if ids:
        yield "externalId", ids[0].text
        name = ids[0].attributes.get("source") or name
    yield "source", name
    yield "receivedAt", prospect.get("requestdate")


def _number(node: Node, attribute: str) -> tuple[int, str]:
    text = node.attributes.get(attribute, "")
    return (int(text) if text.isdecimal() else 1_000, text)


def _about(prospect: Node, customer: Node) -> Iterator[tuple[str, str]]:
    vehicles = prospect.all("vehicle")
    if vehicles:
        yield "subject", _join(vehicles[0].get(part) for part in ("year", "make", "model"))
    interest, overflow = "", list[str]()
    for text in map(_vehicle, vehicles):
        longer = f"{interest}; {text}" if interest else text
        if len(longer) > MAX_INTEREST:
            overflow.append(text)
        else:
            interest = longer
    yield "interest", interest
    yield "message", "\n".join(line for line in (*_message(customer, vehicles), *overflow) if line)


def _vehicle(vehicle: Node) -> str:
    """One vehicle in a line: ``buy used 2019 BMW 320i (VIN ..., price 21500 EUR)``."""
    wish = vehicle.attributes.get("interest", "")
    state = vehicle.attributes.get("status", "")
    words = _join((wish, state, *(vehicle.get(part) for part in _VEHICLE[1:])))
    details = [f"{label} {_measure(vehicle.first(tag))}" for tag, label in _DETAILS.items() if vehicle.get(tag)]
    details += [
        _join((each.get("exteriorcolor"), each.get("interiorcolor"))) for each in vehicle.all("colorcombination")
    ]
    known = ", ".join(each for each in details if each)
    return f"{words} ({known})" if known else words


def _measure(node: Node) -> str:
    return _join((node.text, *(node.attributes.get(unit, "") for unit in _UNITS)))


def _message(customer: Node, vehicles: list[Node]) -> Iterator[str]:
    yield customer.get("comments")
    for vehicle in vehicles:
        yield vehicle.get("comments")
        yield from _finance(vehicle.first("finance"))
    yield from _time_frame(customer.first("timeframe"))
    for phone in customer.first("contact").all("phone"):
        time = phone.attributes.get("time", "nopreference")
        if phone.text and time != "nopreference":
            yield f"Call {phone.text}: {time}"


def _finance(finance: Node) -> Iterator[str]:
    amounts = [
        f"{each.attributes.get('type', 'total')} {_measure(each)}" for each in finance.all("amount") if each.text
    ]
    if finance.get("method") or amounts:
        yield "Finance: " + ", ".join(each for each in (finance.get("method"), *amounts) if each)


def _time_frame(frame: Node) -> Iterator[str]:
    limits = [f"{word} {frame.get(tag)}" for tag, word in _LIMITS.items() if frame.get(tag)]
    parts = [each for each in (frame.text, frame.get("description"), *limits) if each]
    if parts:
        yield "Time frame: " + ", ".join(parts)


_LIMITS: Mapping[str, str] = {"earliestdate": "from", "latestdate": "until"}


def _name(contact: Node) -> Iterator[tuple[str, str]]:
    parts: dict[str, str] = {}
    for name in contact.all("name"):
        kind = _NAME_PARTS.get(name.attributes.get("part", "").casefold(), "full")
        is_business = name.attributes.get("type", "").casefold() == "business"
        parts.setdefault("company" if is_business else kind, name.text)
    get = parts.get
    first, last = _join((get("first", ""), get("middle", ""))), _join((get("last", ""), get("suffix", "")))
    yield "companyName", get("company", "")
    yield "firstName", first
    yield "lastName", last
    if not (first or last):
        yield "fullName", get("full", "")


def _reach(contact: Node) -> Iterator[tuple[str, str]]:
    for email in sorted(contact.all("email"), key=_is_not_preferred):
        yield "email", email.text
    for phone in sorted(contact.all("phone"), key=_is_not_preferred):
        yield _PHONES.get(phone.attributes.get("type", "").casefold(), "phone"), phone.text


def _is_not_preferred(node: Node) -> bool:
    return node.attributes.get("preferredcontact") != "1"


def _address(address: Node) -> Iterator[tuple[str, str]]:
    lines = sorted(address.all("street"), key=lambda each: _number(each, "line"))
    yield "street", ", ".join(each for each in (*(line.text for line in lines), address.get("apartment")) if each)
    yield "city", address.get("city")
    yield "region", address.get("regioncode")
    yield "postcode", address.get("postalcode")
    yield "country", address.get("country")


def _join(words: Iterator[str] | tuple[str, ...]) -> str:
    return " ".join(each for each in words if each)
