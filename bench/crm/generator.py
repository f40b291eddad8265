"""A CRM of any size, and labelled leads for it, from a seed.

Every company and person is a function of the seed and an index, so records stream in constant memory, any part can be
made again, and a lead can tell of any record without having kept it. Companies come in blocks: some blocks hold several
sites of one company, some several companies of one building; private persons come in households.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random

from bench.crm.company_names import draw_brand_name
from bench.crm.lines import draw_landline
from bench.crm.model import GeneratedAccount, GeneratedContact, GeneratedLead
from bench.crm.streets import draw_address, draw_place
from bench.crm.views import as_account, as_contact
from bench.crm.world import Firm, Somebody, draw_employee, draw_firm, draw_private_person

_BLOCK = 16
_HOUSEHOLD = 4
_FIRM, _SITES, _BUILDING, _STAFF, _PRIVATE, _HOME, _RECORD, _PRIVATE_RECORD, _LEAD = range(9)
_SITES_OF_BLOCK = (0,) * 16 + (2, 3, 4, 6)
_NEIGHBOURS_OF_BLOCK = (0,) * 13 + (2, 2, 2, 3, 3, 4, 4)
_STAFF_SIZES = (0,) * 22 + (1,) * 44 + (2,) * 20 + (3,) * 9 + (4,) * 5


@dataclass(frozen=True, slots=True)
class Crm:
    """A CRM of so many companies and private persons; equal seeds give equal records, also in another size."""

    seed: int
    companies: int
    privates: int

    def accounts(self) -> Iterator[GeneratedAccount]:
        """All companies, in order."""
        return (self.account(index) for index in range(self.companies))

    def contacts(self) -> Iterator[GeneratedContact]:
        """All people of companies, in the companies' order, and then all private persons."""
        for index in range(self.companies):
            yield from self.staff_of(index)
        for index in range(self.privates):
            yield self.private_contact(index)

    def account(self, index: int) -> GeneratedAccount:
        """A company as the CRM knows it."""
        return as_account(self.rng(_RECORD, index), account_key(index), self.firm(index))

    def staff_of(self, index: int) -> list[GeneratedContact]:
        """A company's people as the CRM knows them: none to four."""
        rng = self.rng(_RECORD, -1 - index)
        people = self.staff(index, self.firm(index))
        return [
            as_contact(rng, contact_key(index, position), account_key(index), somebody)
            for position, somebody in enumerate(people)
        ]

    def private_contact(self, index: int) -> GeneratedContact:
        """A private person as the CRM knows them."""
        return as_contact(self.rng(_PRIVATE_RECORD, index), private_key(index), None, self.private_person(index))

    def firm(self, index: int) -> Firm:
        """A company as it really is; indexes past ``companies`` are those the CRM does not know."""
        block, position = divmod(index, _BLOCK)
        rng, sites, building = self.rng(_FIRM, index), self.rng(_SITES, block), self.rng(_BUILDING, block)
        if position < sites.choice(_SITES_OF_BLOCK):
            return self._site(sites, rng)
        if position >= _BLOCK - building.choice(_NEIGHBOURS_OF_BLOCK):
            place = draw_place(building)
            return draw_firm(rng, place, address=draw_address(building, place))
        return draw_firm(rng, draw_place(rng))

    def staff(self, index: int, firm: Firm) -> list[Somebody]:
        """A company's people as they really are."""
        rng = self.rng(_STAFF, index)
        return [draw_employee(rng, firm) for _ in range(rng.choice(_STAFF_SIZES))]

    def colleagues(self, index: int, firm: Firm) -> list[Somebody]:
        """The people of a company at all its sites, as they really are."""
        first = index - index % _BLOCK
        sites = ((each, self.firm(each)) for each in range(first, min(first + _BLOCK, self.companies)))
        return [somebody for each, site in sites if site.domain == firm.domain for somebody in self.staff(each, site)]

    def private_person(self, index: int) -> Somebody:
        """A private person as they really are; a quarter of them live in couples of one surname."""
        household, position = divmod(index, _HOUSEHOLD)
        rng, home = self.rng(_PRIVATE, index), self.rng(_HOME, household)
        if position > 1 or home.random() < 0.5:
            return draw_private_person(rng, draw_place(rng))
        has_one_mail = home.random() < 0.2
        first = draw_private_person(home, draw_place(home))
        if position == 0:
            return first
        second = draw_private_person(rng, first.place, last_name=first.last_name)
        mail = first.private_mail if has_one_mail else second.private_mail
        return replace(second, address=first.address, line=first.line, private_mail=mail)

    def household(self, index: int) -> list[Somebody]:
        """The private person and who lives with them, as they really are."""
        first = index - index % _HOUSEHOLD
        somebody = self.private_person(index)
        others = (self.private_person(each) for each in range(first, first + _HOUSEHOLD) if each != index)
        return [somebody, *(each for each in others if each.address == somebody.address)]

    def rng(self, stream: int, index: int) -> Random:
        """The source of chance for one thing; independent of all others'."""
        return Random(((self.seed * 16 + stream) << 64) + index)

    @staticmethod
    def _site(sites: Random, rng: Random) -> Firm:
        home = draw_place(sites)
        head = draw_firm(sites, home, name=draw_brand_name(sites, home.country))
        return branch_of(rng, head)


def branch_of(rng: Random, head: Firm) -> Firm:
    """Draw a site of the company in some place of its country."""
    place = draw_place(rng, head.place.country)
    site = ""
    if rng.random() < 0.3:
        site = f"{rng.choice(('Niederlassung', 'Filiale', 'Werk', 'Standort'))} {place.city}"
    return replace(head, place=place, address=draw_address(rng, place), line=draw_landline(rng, place), site=site)


def account_key(index: int) -> str:
    """The key of a company's record."""
    return f"A{index}"


def contact_key(index: int, position: int) -> str:
    """The key of the record of a company's person."""
    return f"A{index}-{position}"


def private_key(index: int) -> str:
    """The key of a private person's record."""
    return f"P{index}"


def count_kinds(leads: Iterable[GeneratedLead]) -> Counter[str]:
    """How many leads there are of each situation, and how many have each corruption."""
    return Counter(
        kind
        for lead in leads
        for kind in (f"situation:{lead.truth.situation.value}", *(f"corruption:{name}" for name in lead.corruptions))
    )
