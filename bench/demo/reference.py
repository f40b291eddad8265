"""The demo tenant's users and lists."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.records import CaseType, LeadType, RejectReason, Role, Tenant, User
from domain.values import Language

_USERS = (
    ("Jana Vogt", "jana.vogt@leadgate.example", Language.EN, {Role.AGENT}),
    ("Emre Yilmaz", "emre.yilmaz@leadgate.example", Language.DE, {Role.AGENT}),
    ("Karin Albers", "karin.albers@leadgate.example", Language.EN, {Role.MANAGER, Role.ADMIN}),
)
_CASE_TYPES = {
    "new-car": "New car",
    "used-car": "Used car",
    "fleet": "Fleet",
    "service": "Service",
    "enquiry": "Enquiry",
}
_LEAD_TYPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "test-drive": ("Test drive", ("new-car", "used-car")),
    "offer-request": ("Offer request", ("new-car", "used-car", "fleet")),
    "contact-request": ("Contact request", ("enquiry",)),
    "general": ("General", ()),
}
_REJECT_REASONS = {
    "spam": "Spam",
    "test": "Test",
    "budget": "Budget",
    "region": "Region",
    "product": "Produkt · Product",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What leads and cases refer to; lead types and case types by their codes."""

    users: tuple[User, ...]
    case_types: dict[str, CaseType]
    lead_types: dict[str, LeadType]
    allowed: dict[int, tuple[int, ...]]
    reject_reasons: tuple[RejectReason, ...]


def make_reference(tenant: Tenant, new_id: Callable[[], int]) -> Reference:
    """Two agents, and a manager who is the administrator as well; five case types; four lead types, one limited to one
    case type and one to none.
    """
    case_types = {
        code: CaseType(tenant_id=tenant.id, id=new_id(), code=code, name=name) for code, name in _CASE_TYPES.items()
    }
    lead_types = {
        code: LeadType(tenant_id=tenant.id, id=new_id(), code=code, name=name)
        for code, (name, _) in _LEAD_TYPES.items()
    }
    return Reference(
        users=tuple(
            User(
                tenant_id=tenant.id,
                id=new_id(),
                name=name,
                email=email,
                language=language,
                roles=frozenset(roles),
                is_active=True,
            )
            for name, email, language, roles in _USERS
        ),
        case_types=case_types,
        lead_types=lead_types,
        allowed={
            lead_types[code].id: tuple(case_types[each].id for each in codes)
            for code, (_, codes) in _LEAD_TYPES.items()
            if codes
        },
        reject_reasons=tuple(
            RejectReason(tenant_id=tenant.id, id=new_id(), code=code, name=name)
            for code, name in _REJECT_REASONS.items()
        ),
    )
