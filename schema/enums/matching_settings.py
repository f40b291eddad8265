"""Enums of a tenant's matching settings."""

from domain.matching_settings import AutoSelect
from schema.enums.describe import describe

describe(
    AutoSelect,
    "Which existing records are chosen without asking.",
    {
        AutoSelect.EXACT: "Only a 100 % match, if it is the only one.",
        AutoSelect.CONFIDENT: "Also a candidate without reasonable doubt, if there is no 100 % match.",
    },
)
