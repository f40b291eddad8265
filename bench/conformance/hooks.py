"""What schemathesis is told: ids that name something, and what an answer has to be like.

Its own check takes every error for a failure of the server; here errors are answers, as long as they are expected ones.
"""

import os
from collections.abc import Mapping
from typing import Any

import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes, scalar

from resolvers.errors import ErrorCode

IDS = "LEADGATE_KNOWN_IDS"
"""The variable that names ids there are, with blanks between."""
EXPECTED = {each.name for each in ErrorCode} - {ErrorCode.INTERNAL_ERROR.name}
_STATUSES = {200, 400, 405}

_known = os.environ.get(IDS, "").split()
_ids = st.sampled_from(_known) if _known else st.nothing()
scalar("ID", (_ids | st.text(max_size=40) | st.integers().map(str)).map(nodes.String))


@schemathesis.check
def is_an_expected_answer(_ctx: object, response: Any, _case: object) -> None:  # noqa: ANN401 (schemathesis's own)
    """Check that an answer has data or errors, and that each error has a code of the list and is no bug."""
    assert response.status_code in _STATUSES, f"status {response.status_code}"  # noqa: S101 (how checks speak)
    answer: Mapping[str, Any] = response.json()
    codes = {each["extensions"]["code"] for each in answer.get("errors", [])}
    assert codes <= EXPECTED, f"unexpected: {sorted(codes - EXPECTED)}"  # noqa: S101
    assert codes or "data" in answer, "neither data nor errors"  # noqa: S101
