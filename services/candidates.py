"""Which existing accounts and contacts a lead may belong to: one look-up for any number of leads."""

from collections.abc import Sequence

from domain.matches import LeadMatches
from domain.records import Lead, Tenant
from services.backend import Backend


async def match_leads(backend: Backend, tenant: Tenant, leads: Sequence[Lead]) -> list[LeadMatches]:
    """What is found for each lead, in this order. A constant number of statements, and none open while scoring."""
    raise NotImplementedError
