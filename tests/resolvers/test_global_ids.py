"""Global ids: one for each record, and nothing else is one."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.records import Account, Lead
from resolvers.global_ids import Node, decode, decode_as, encode

KINDS = get_args(Node)


@given(st.sampled_from(KINDS), st.integers(min_value=0, max_value=2**63 - 1))
def test_an_id_leads_back_to_its_record(kind: type[Node], id_: int) -> None:
    """Encoding and decoding give the kind and the number back, and the id is safe in a URL."""
    global_id = encode(kind, id_)

    assert decode(global_id) == (kind, id_)
    assert decode_as(kind, global_id) == id_
    assert global_id.replace("_", "").isalnum()
    assert global_id.isascii()


@given(st.text(max_size=20))
def test_any_other_text_is_no_id(text: str) -> None:
    """Whatever is decoded was encoded: each record has exactly one id."""
    decoded = decode(text)

    assert decoded is None or encode(*decoded) == text


@pytest.mark.parametrize("text", ["lead_ab", "lead_aab", "lead_7777777777777", "lead_B", "Lead_b", "lead_", "lead", ""])
def test_near_misses_are_no_ids(text: str) -> None:
    """Leading zeros, too large numbers, capital letters and halves are refused."""
    assert decode(text) is None


def test_an_id_is_of_one_kind() -> None:
    """A lead's id is none of an account's."""
    assert decode_as(Account, encode(Lead, 5)) is None
