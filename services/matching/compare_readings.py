"""Names of persons held against each other as they are written, and as their e-mail addresses tell them."""

from domain.matches import Evidence, EvidenceCode
from services.matching.compare_people import are_compatible, compare_names
from services.matching.model import PersonDocument
from services.matching.name_readings import is_named_by_initial, is_named_in_full
from services.matching.rarity import Rarity

_AS_WRITTEN = frozenset({EvidenceCode.NAME_EQUAL, EvidenceCode.NAME_NICKNAME})
_SIMILARITY = 0.9


def compare_persons(lead: PersonDocument, contact: PersonDocument, rarity: Rarity) -> Evidence | None:
    """Evidence from the names, or from an e-mail address that names the other side, whichever says more.

    None if a side has no name. An address counts only where the names as written do not say that it is somebody else's.
    """
    written = compare_names(lead, contact, rarity)
    if written is None or written.code in _AS_WRITTEN or not (lead.emails or contact.emails):
        return written
    bits = max(_named(lead, contact, rarity), _named(contact, lead, rarity))
    if bits <= max(written.bits, 0.0) or not are_compatible(lead, contact):
        return written
    similarity = max(written.similarity or 0.0, _SIMILARITY)
    return written._replace(code=EvidenceCode.NAME_IN_EMAIL, bits=bits, similarity=similarity)


def _named(by: PersonDocument, who: PersonDocument, rarity: Rarity) -> float:
    """What it is worth that an address of ``by`` names ``who``; 0 if none does."""
    names = by.emails, who.first_names, who.last_names
    has_same_first_name = by.first_names[:1] == who.first_names[:1]
    if not is_named_in_full(*names) and not (has_same_first_name and is_named_by_initial(*names)):
        return 0.0
    first, last = rarity.first_names(who.first_names[:1]), rarity.last_names(who.last_names)
    weights = rarity.settings.weights
    return min(sum(first.bits) + sum(last.bits), weights.name_most) + weights.name_in_email
