"""The state table of a lead, written out once more by hand."""

from datetime import timedelta

import pytest

from domain.records import LeadStatus
from services.acceptance.transitions import ALLOWED, NEXT, Action, find_wrong_state
from tests.support.factories import NOW, make_lead

TABLE = """
                 NEW  ACCEPTED  CONVERTED  REJECTED  EXPIRED
UPDATE           yes  no        no         no        no
ACCEPT           yes  no        no         no        no
REJECT           yes  no        no         no        no
REOPEN           no   no        no         yes       yes
CHOOSE_ACCOUNT   no   yes       no         no        no
CHOOSE_CONTACT   no   yes       no         no        no
CREATE_CASE      no   yes       no         no        no
ATTACH_TO_CASE   no   yes       no         no        no
HAND_OVER        no   yes       no         no        no
DISMISS_MATCH    yes  yes       no         no        no
RESTORE_MATCH    yes  yes       no         no        no
"""
HEADER, *ROWS = (line.split() for line in TABLE.strip().splitlines())
CELLS = [
    (LeadStatus[status], Action[row[0]], answer == "yes")
    for row in ROWS
    for status, answer in zip(HEADER, row[1:], strict=True)
]


def test_the_table_is_complete() -> None:
    """Every status meets every action exactly once."""
    assert len(CELLS) == len({cell[:2] for cell in CELLS}) == len(LeadStatus) * len(Action)
    assert set(ALLOWED) == set(LeadStatus)


@pytest.mark.parametrize(("status", "action", "is_allowed"), CELLS)
def test_a_status_allows_just_its_actions(status: LeadStatus, action: Action, is_allowed: bool) -> None:
    """An action that the status does not allow is answered with the lead, its status and the action."""
    is_expired = status is LeadStatus.EXPIRED
    lead = make_lead(
        stored_status=LeadStatus.NEW if is_expired else status,
        expires_at=NOW - timedelta(seconds=1) if is_expired else None,
    )
    problem = find_wrong_state(lead, action, NOW)
    if is_allowed:
        assert problem is None
    else:
        assert problem is not None
        assert (problem.lead, problem.status, problem.action) == (lead, status, action.value)


def test_a_lead_expires_at_its_moment() -> None:
    """A new lead is expired from the very moment in ``expires_at``, an accepted one never is."""
    lead = make_lead(expires_at=NOW)
    assert lead.status(NOW - timedelta(microseconds=1)) is LeadStatus.NEW
    assert lead.status(NOW) is LeadStatus.EXPIRED
    accepted = make_lead(expires_at=NOW, stored_status=LeadStatus.ACCEPTED)
    assert accepted.status(NOW + timedelta(days=1)) is LeadStatus.ACCEPTED


def test_nothing_leads_back_from_an_accepted_lead() -> None:
    """No action that an accepted lead allows makes it new or rejected again."""
    ends = {NEXT.get(action, LeadStatus.ACCEPTED) for action in ALLOWED[LeadStatus.ACCEPTED]}
    assert ends == {LeadStatus.ACCEPTED, LeadStatus.CONVERTED}
