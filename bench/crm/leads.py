"""Labelled leads for a generated CRM: true ones, near misses and unknown ones, corrupted on their way."""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from bench.crm.company_names import draw_other_trade
from bench.crm.corruptions import corrupt
from bench.crm.generator import Crm, account_key, branch_of, contact_key, private_key
from bench.crm.model import NEAR_MISSES, GeneratedLead, Situation, Truth
from bench.crm.views import as_business_lead, as_place, as_private_lead
from bench.crm.world import Firm, Somebody, draw_employee, draw_firm, draw_private_person

_STREAM = 15
ELSEWHERE = 1 << 40
"""Indexes past it are companies and people that no CRM of a real size knows."""

DEFAULT_MIX: Mapping[Situation, int] = {
    Situation.KNOWN: 36,
    Situation.NEW_PERSON: 12,
    Situation.NEW_BRANCH: 3,
    Situation.SAME_BUILDING: 3,
    Situation.OTHER_TRADE: 3,
    Situation.UNKNOWN: 10,
    Situation.KNOWN_PRIVATE: 19,
    Situation.SAME_SURNAME: 4,
    Situation.FAMILY: 2,
    Situation.UNKNOWN_PRIVATE: 8,
}
"""How many of a hundred leads are in each situation; a third are private persons'."""
_COUNTS_OF_CORRUPTIONS = (0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Where a lead is drawn from: the CRM, the source of chance, and the lead's key."""

    crm: Crm
    rng: Random
    key: str

    def firm(self) -> tuple[int, Firm]:
        index = self.rng.randrange(self.crm.companies)
        return index, self.crm.firm(index)

    def firm_at_address(self) -> tuple[int, Firm]:
        """A company whose address the CRM knows: of another one nobody can tell which site its record is."""
        index, firm = self.firm()
        while self.crm.account(index).address is None:
            index, firm = self.firm()
        return index, firm

    def private_person(self) -> tuple[int, Somebody]:
        index = self.rng.randrange(self.crm.privates)
        return index, self.crm.private_person(index)

    def business(self, truth: Truth, firm: Firm, somebody: Somebody | None = None) -> GeneratedLead:
        lead = as_business_lead(self.rng, self.key, truth, firm, somebody or draw_employee(self.rng, firm))
        needs_address = truth.situation in NEAR_MISSES and lead.address is None
        return replace(lead, address=as_place(firm.address)) if needs_address else lead

    def private(self, truth: Truth, somebody: Somebody) -> GeneratedLead:
        return as_private_lead(self.rng, self.key, truth, somebody)


def _known(tell: _Telling) -> GeneratedLead:
    index, firm = tell.firm()
    staff = tell.crm.staff(index, firm)
    while not staff:
        index, firm = tell.firm()
        staff = tell.crm.staff(index, firm)
    position = tell.rng.randrange(len(staff))
    truth = Truth(situation=Situation.KNOWN, account_key=account_key(index), contact_key=contact_key(index, position))
    return tell.business(truth, firm, staff[position])


def _new_person(tell: _Telling) -> GeneratedLead:
    index, firm = tell.firm()
    truth = Truth(situation=Situation.NEW_PERSON, account_key=account_key(index))
    return tell.business(truth, firm, _newcomer(tell, index, firm))


def _newcomer(tell: _Telling, index: int, firm: Firm) -> Somebody:
    """Draw somebody whom the company's staff cannot be taken for: nobody has the surname with the same initial."""
    taken = {(each.last_name, each.first_name[:1]) for each in tell.crm.colleagues(index, firm)}
    somebody = draw_employee(tell.rng, firm)
    while (somebody.last_name, somebody.first_name[:1]) in taken:
        somebody = draw_employee(tell.rng, firm)
    return somebody


def _new_branch(tell: _Telling) -> GeneratedLead:
    index, firm = tell.firm_at_address()
    branch = branch_of(tell.rng, firm)
    while branch.place == firm.place:
        branch = branch_of(tell.rng, firm)
    truth = Truth(situation=Situation.NEW_BRANCH, near=account_key(index))
    return tell.business(truth, replace(branch, vat_id=None), _newcomer(tell, index, firm))


def _same_building(tell: _Telling) -> GeneratedLead:
    index, firm = tell.firm_at_address()
    neighbour = draw_firm(tell.rng, firm.place, address=firm.address)
    return tell.business(Truth(situation=Situation.SAME_BUILDING, near=account_key(index)), neighbour)


def _other_trade(tell: _Telling) -> GeneratedLead:
    index, firm = tell.firm()
    while firm.name.owner is None:
        index, firm = tell.firm()
    name = draw_other_trade(tell.rng, firm.name, firm.place.country)
    other = draw_firm(tell.rng, firm.place, name=name)
    return tell.business(Truth(situation=Situation.OTHER_TRADE, near=account_key(index)), other)


def _unknown(tell: _Telling) -> GeneratedLead:
    firm = tell.crm.firm(ELSEWHERE + tell.rng.randrange(ELSEWHERE))
    return tell.business(Truth(situation=Situation.UNKNOWN), firm)


def _known_private(tell: _Telling) -> GeneratedLead:
    index, somebody = tell.private_person()
    return tell.private(Truth(situation=Situation.KNOWN_PRIVATE, contact_key=private_key(index)), somebody)


def _namesake(rng: Random, somebody: Somebody, taken: Container[str]) -> Somebody:
    """Draw another private person of the same surname in the same town, with none of the first names ``taken``."""
    other = somebody
    while other.first_name in taken:
        other = draw_private_person(rng, somebody.place, last_name=somebody.last_name)
    return other


def _same_surname(tell: _Telling) -> GeneratedLead:
    index, somebody = tell.private_person()
    other = _namesake(tell.rng, somebody, {somebody.first_name})
    return tell.private(Truth(situation=Situation.SAME_SURNAME, near=private_key(index)), other)


def _family(tell: _Telling) -> GeneratedLead:
    index, somebody = tell.private_person()
    stranger = _namesake(tell.rng, somebody, {each.first_name for each in tell.crm.household(index)})
    is_by_mail = tell.rng.random() < 0.5
    relative = replace(
        stranger,
        address=somebody.address,
        private_mail=somebody.private_mail if is_by_mail else stranger.private_mail,
        line=somebody.line,
        mobile=stranger.mobile if is_by_mail else somebody.line,
    )
    return tell.private(Truth(situation=Situation.FAMILY, near=private_key(index)), relative)


def _unknown_private(tell: _Telling) -> GeneratedLead:
    somebody = tell.crm.private_person(ELSEWHERE + tell.rng.randrange(ELSEWHERE))
    return tell.private(Truth(situation=Situation.UNKNOWN_PRIVATE), somebody)


_TELLERS: dict[Situation, Callable[[_Telling], GeneratedLead]] = {
    Situation.KNOWN: _known,
    Situation.NEW_PERSON: _new_person,
    Situation.NEW_BRANCH: _new_branch,
    Situation.SAME_BUILDING: _same_building,
    Situation.OTHER_TRADE: _other_trade,
    Situation.UNKNOWN: _unknown,
    Situation.KNOWN_PRIVATE: _known_private,
    Situation.SAME_SURNAME: _same_surname,
    Situation.FAMILY: _family,
    Situation.UNKNOWN_PRIVATE: _unknown_private,
}


def leads(
    crm: Crm, count: int, *, seed: int = 0, mix: Mapping[Situation, int] = DEFAULT_MIX
) -> Iterator[GeneratedLead]:
    """So many labelled leads for the CRM; another ``seed`` gives other ones.

    ``mix`` says how many of each situation come in the sum of its values, so near misses alone can be asked for. Each
    lead has none to three corruptions; a near miss keeps its details, which make it one.
    """
    deal = tuple(situation for situation, share in mix.items() for _ in range(share))
    for number in range(count):
        rng = crm.rng(_STREAM, (seed << 40) + number)
        situation = rng.choice(deal)
        lead = _TELLERS[situation](_Telling(crm, rng, f"L{number}"))
        spared = {"moved", "missing_field"} if situation in NEAR_MISSES else set()
        yield corrupt(rng, lead, rng.choice(_COUNTS_OF_CORRUPTIONS), spared=spared)
