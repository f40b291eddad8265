"""E-mail addresses folded for comparing: lower case, ASCII domain, no plus-addressing, Gmail's dots removed."""

from functools import lru_cache

from services.matching import domains
from services.matching.text import collapse, vocabulary, words

_MAX_ADDRESS = 320
_SHORTEST_NAME = 5
_GMAIL = frozenset({"gmail.com", "googlemail.com"})
ROLE_NAMES = vocabulary(
    """
    info kontakt contact mail email office post service support hello hallo team admin sales vertrieb verkauf
    buchhaltung rechnung einkauf zentrale sekretariat anfrage empfang marketing jobs bewerbung noreply webmaster
    verwaltung bestellung shop werkstatt praxis kanzlei geschaeftsfuehrung
    """
)
"""Mailboxes of a function, not of a person: their local part names nobody (own list)."""


@lru_cache(maxsize=65_536)
def fold_email(address: str | None) -> str:
    """The address in the form in which equal mailboxes are equal, or "" for what is no address.

    Plus-addressing (RFC 5233 subaddresses) is cut, and Gmail's two domains and ignored dots are brought together.
    """
    text = (address or "")[: _MAX_ADDRESS * 2].strip().strip("<>").removeprefix("mailto:").casefold()
    local, at, host = text.rpartition("@")
    if not at or not local or len(text) > _MAX_ADDRESS or any(each.isspace() or each == "@" for each in local):
        return ""
    if not domains.registrable(host):
        return ""
    host = domains.to_ascii(host.strip("."))
    local = local.split("+", 1)[0] or local
    if host in _GMAIL:
        return f"{local.replace('.', '') or local}@gmail.com"
    return f"{local.encode('utf-8', 'ignore').decode('utf-8')}@{host}"


def domain_of(email: str) -> str:
    """The registered domain of a folded address."""
    return domains.registrable(email.rpartition("@")[2])


def company_domain(email: str) -> str:
    """The registered domain of a folded address if it says something about a company, else ""."""
    domain = domain_of(email)
    return domain if domains.is_company_evidence(domain) else ""


@lru_cache(maxsize=16_384)
def local_name(email: str) -> str:
    """The letters and digits of the local part, collapsed; "" where it names a function or is too short to tell."""
    name = "".join(words(email.rpartition("@")[0]))
    return "" if len(name) < _SHORTEST_NAME or name in ROLE_NAMES else collapse(name)
