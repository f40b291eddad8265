"""The ceilings that every document stays under. Why these: docs/decisions/0014-limits.md."""

MAX_CHARACTERS = 64 * 1024
"""Of a document's text, comments and blanks included."""
MAX_TOKENS = 1_200
"""Parsing one takes about 5 µs, and validating one about 12 µs."""
MAX_OPERATIONS = 20
MAX_FRAGMENTS = 100
MAX_DEPTH = 25
"""Fields within each other."""
MAX_SELECTIONS = 5_000
"""Fields, with every fragment written out wherever it is spread."""
MAX_ALIASES = 200
"""Aliased fields, counted like selections."""
MAX_DIRECTIVES = 200
"""Directives, counted like selections."""
MAX_REPEATS = 4_000
"""Pairs of fields of one name in one place, which validation compares: ninety fields of one name make as many."""
MAX_NODES = 500_000
"""Objects that an answer may hold if every list is full."""
MAX_COST = 2_000_000
"""Values that an answer may hold if every list is full, expensive ones counted for several."""
MAX_ERRORS = 5
"""Faults of one document that are told; each is compared with all names of the schema, and quotes what is wrong."""
