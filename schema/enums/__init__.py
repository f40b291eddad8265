"""Every enum that clients see, with a description of each value.

The enums live in ``domain`` (and one in ``resolvers``), which know no GraphQL; here they get their GraphQL names and
descriptions. Importing this package registers all of them.
"""

from schema.enums import acceptance, errors, events, explanations, fields, live, matching, matching_settings, records

__all__ = [
    "acceptance",
    "errors",
    "events",
    "explanations",
    "fields",
    "live",
    "matching",
    "matching_settings",
    "records",
]
