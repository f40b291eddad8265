"""Internet domains: which part of a host name a company registers, and which hosts say nothing about a company."""

import re
from functools import lru_cache

from publicsuffixlist import PublicSuffixList

from services.matching.freemail import is_freemail
from services.matching.text import vocabulary

_SUFFIXES = PublicSuffixList()
_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?/*(?:[^/@?#]*@)?([^/:?#\s]+)")
_LABELS = re.compile(r"^[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$")
_MAX_HOST = 253

SHARED_HOSTS = vocabulary(
    """
    facebook.com fb.com instagram.com linkedin.com xing.com twitter.com x.com youtube.com tiktok.com pinterest.com
    google.com goo.gl wikipedia.org ebay.de ebay.com amazon.de amazon.com etsy.com kleinanzeigen.de mobile.de
    autoscout24.de immobilienscout24.de gelbeseiten.de dasoertliche.de 11880.com jimdofree.com wixsite.com github.com
    linktr.ee bit.ly t.me wa.me
    """
)
"""Sites on which many companies have a page of their own: their domain is no evidence (own list)."""


@lru_cache(maxsize=65_536)
def registrable(host: str) -> str:
    """The registered domain of a host name (``us.ibm.com`` → ``ibm.com``), in ASCII; empty if there is none.

    By the public suffix list (Mozilla), with its private entries.
    """
    ascii_host = to_ascii(host.strip().strip(".").casefold())
    if not _LABELS.match(ascii_host):
        return ""
    return _SUFFIXES.privatesuffix(ascii_host) or ""


def of_website(website: str | None) -> str:
    """The registered domain of a website's address, given with or without a scheme; empty if there is none."""
    found = _HOST.match((website or "")[:2_000].strip().casefold())
    return registrable(found.group(1)[:_MAX_HOST]) if found else ""


def is_company_evidence(domain: str) -> bool:
    """Whether sharing this registered domain says anything about the company: not for freemail and shared hosts."""
    return bool(domain) and domain not in SHARED_HOSTS and not is_freemail(domain)


def to_ascii(host: str) -> str:
    """The host name in ASCII (IDNA 2003), or "" where it has no such form."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
