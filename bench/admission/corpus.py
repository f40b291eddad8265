"""Hostile documents, each a family that grows with a number: what is known to make GraphQL servers work in vain."""

from collections.abc import Callable

MAX_LENGTH = 10_000
"""Characters that a document of the corpus has at most."""
_SHARES = (1.0, 0.85, 0.7, 0.5, 0.35, 0.2, 0.1)
"""Parts of the greatest size that a family is tried at: the worst is often one that just passes the ceilings."""

Family = Callable[[int], str]


def _many(count: int, make: Callable[[int], str], between: str = " ") -> str:
    return between.join(make(n) for n in range(count))


def _fragments(count: int, body: Callable[[int], str], on: str = "Query") -> str:
    return _many(count, lambda n: f"fragment F{n} on {on} {{ {body(n)} }}")


FAMILIES: dict[str, Family] = {
    "fields of one name": lambda n: f"{{ viewer {{ user {{ {'name ' * n}}} }} }}",
    "fields of no type": lambda n: "{ " + _many(n, lambda i: f"lead{i}") + " }",
    "fields one letter off": lambda n: "{ viewer { user { " + _many(n, lambda i: f"nam{i}") + " } } }",
    "a field as long as can be": lambda n: "{ " + "leads" * n + " }",
    "fields with fields": lambda n: "{ " + _many(n, lambda i: f"a{i}: viewer {{ user {{ id name }} }}") + " }",
    "fields within fields": lambda n: (
        "{ cases { nodes " + "{ leads { result { case " * n + "{ id }" + " } } }" * n + " } }"
    ),
    "fields nested without end": lambda n: "{a" * n,
    "a page of everything": lambda n: (
        "{ "
        + _many(
            n, lambda i: f"a{i}: leads(first: 1) {{ nodes {{ id subject company {{ name }} emails {{ address }} }} }}"
        )
        + " }"
    ),
    "same field, other arguments": lambda n: (
        "{ " + _many(n, lambda i: f'leads(filter: {{ search: "{i}" }}) {{ totalCount }}') + " }"
    ),
    "same field, other selections": lambda n: (
        "{ " + _many(n, lambda i: f"leads {{ nodes {{ a{i}: id result {{ account {{ name }} }} }} }}") + " }"
    ),
    "aliases": lambda n: "{ " + _many(n, lambda i: f"a{i}: __typename") + " }",
    "aliases of lists": lambda n: "{ " + _many(n, lambda i: f"a{i}: leads(first: 100) {{ nodes {{ id }} }}") + " }",
    "aliases below each other": lambda n: (
        "{ " + _many(n, lambda i: f"a{i}: viewer {{ {_many(9, lambda j: f'b{j}: user {{ id }}')} }}") + " }"
    ),
    "fragments that double": lambda n: (
        f"{{ ...F0 }} {_fragments(n, lambda i: f'...F{i + 1} ...F{i + 1}')} fragment F{n} on Query {{ __typename }}"
    ),
    "fragments that double fields": lambda n: (
        "{ ...F0 } "
        + _fragments(n, lambda i: f"a: node(id: 1) {{ ...F{i + 1} }} b: node(id: 2) {{ ...F{i + 1} }}", "Node")
        + f" fragment F{n} on Node {{ id }}"
    ),
    "fragments in a chain": lambda n: (
        f"{{ ...F0 }} {_fragments(n, lambda i: f'...F{i + 1}')} fragment F{n} on Query {{ __typename }}"
    ),
    "fragments in a circle": lambda n: f"{{ ...F0 }} {_fragments(n, lambda i: f'...F{(i + 1) % n}')}",
    "fragments in every circle": lambda n: "{ ...F0 } " + _fragments(n, lambda _: _many(n, lambda j: f"...F{j}")),
    "fragments side by side": lambda n: (
        f"{{ {_many(n, lambda i: f'...F{i}')} }} {_fragments(n, lambda _: 'viewer { user { name } }')}"
    ),
    "fragments that are not used": lambda n: f"{{ __typename }} {_fragments(n, lambda i: f'a{i}: __typename')}",
    "fragments that are not there": lambda n: "{ " + _many(n, lambda i: f"...F{i}") + " }",
    "fragments on unknown types": lambda n: "{ " + _many(n, lambda i: f"... on Lead{i} {{ id }}") + " }",
    "fragments on every type": lambda n: (
        "{ nodes(ids: []) { " + _many(n, lambda i: f"... on Lead {{ a{i}: id }} ... on Account {{ a{i}: id }}") + " } }"
    ),
    "inline fragments within each other": lambda n: "{ " + "... { " * n + "__typename" + " }" * (n + 1),
    "one big fragment everywhere": lambda n: (
        f"{{ {_many(n, lambda i: f'a{i}: viewer {{ ...F }}')} }} fragment F on Viewer {{ "
        + _many(n, lambda i: f"b{i}: user {{ name }}")
        + " }"
    ),
    "operations": lambda n: _many(n, lambda i: f"query Q{i} {{ __typename }}"),
    "operations with the same fragments": lambda n: (
        _many(n, lambda i: f"query Q{i} {{ {_many(n, lambda j: f'...F{j}')} }}") + _fragments(n, lambda _: "__typename")
    ),
    "operations of one name": lambda n: "query Q { __typename } " * n,
    "directives on a field": lambda n: "{ __typename " + "@include(if: true) " * n + "}",
    "directives on fields": lambda n: "{ " + _many(n, lambda i: f"a{i}: __typename @skip(if: false)") + " }",
    "directives nobody knows": lambda n: "{ __typename " + _many(n, lambda i: f"@d{i}") + " }",
    "variables that are not used": lambda n: f"query({_many(n, lambda i: f'$v{i}: Int')}) {{ __typename }}",
    "variables that are not there": lambda n: (
        "{ " + _many(n, lambda i: f"a{i}: leads(first: $v{i}) {{ totalCount }}") + " }"
    ),
    "variables of unknown types": lambda n: f"query({_many(n, lambda i: f'$v{i}: Lead{i}')}) {{ __typename }}",
    "variables for pages": lambda n: (
        f"query({_many(n, lambda i: f'$v{i}: Int')}) {{ "
        + _many(n, lambda i: f"a{i}: leads(first: $v{i}) {{ nodes {{ id }} }}")
        + " }"
    ),
    "arguments nobody knows": lambda n: f"{{ leads({_many(n, lambda i: f'a{i}: 1')}) {{ totalCount }} }}",
    "arguments of one name": lambda n: f"{{ leads({'first: 1 ' * n}) {{ totalCount }} }}",
    "a long list": lambda n: f"{{ nodes(ids: [{'1 ' * n}]) {{ id }} }}",
    "a list of wrong values": lambda n: (
        f"{{ leads(filter: {{ statuses: [{_many(n, lambda i: f'NEW{i}')}] }}) {{ totalCount }} }}"
    ),
    "lists within lists": lambda n: f"{{ nodes(ids: {'[' * n}{']' * n}) {{ id }} }}",
    "objects within objects": lambda n: (
        f"mutation {{ createLead(input: {'{ lead: ' * n}1{' }' * n}) {{ errors {{ __typename }} }} }}"
    ),
    "an object of unknown fields": lambda n: (
        f"{{ leads(filter: {{ {_many(n, lambda i: f'a{i}: 1')} }}) {{ totalCount }} }}"
    ),
    "an object of one field": lambda n: f"{{ leads(filter: {{ {'search: 1 ' * n} }}) {{ totalCount }} }}",
    "a long text": lambda n: f'{{ node(id: "{"a" * n}") {{ id }} }}',
    "a text of escapes": lambda n: f'{{ node(id: "{chr(92) + "u00e9"}{(chr(92) + "n") * n}") {{ id }} }}',
    "a block of lines": lambda n: f'{{ node(id: """{" a" + chr(10)}{(chr(10)) * n}""") {{ id }} }}',
    "a long number": lambda n: f"{{ leads(first: {'9' * n}) {{ totalCount }} }}",
    "commas": lambda n: "{ __typename " + "," * n + " }",
    "comments": lambda n: "{ __typename " + "#\n" * n + " }",
    "a long comment": lambda n: "{ __typename } #" + "a" * n,
    "the schema, in circles": lambda n: (
        "{ __schema { types " + "{ fields { type " * n + "{ name }" + " } }" * n + " } }"
    ),
    "the schema, many times": lambda n: (
        "{ " + _many(n, lambda i: f"a{i}: __schema {{ types {{ fields {{ name }} }} }}") + " }"
    ),
    "the schema, through fragments": lambda n: (
        "{ __schema { types { ...F0 } } } "
        + _fragments(n, lambda i: f"fields {{ type {{ ...F{i + 1} }} }} interfaces {{ ...F{i + 1} }}", "__Type")
        + f" fragment F{n} on __Type {{ name }}"
    ),
    "mutations": lambda n: (
        "mutation { " + _many(n, lambda i: f'a{i}: acceptLead(input: {{ leadId: "{i}" }}) {{ lead {{ id }} }}') + " }"
    ),
    "no GraphQL": lambda n: "}" * n,
    "control characters": lambda n: "{ a" + "\x00" * n,
}


def largest(family: Family, length: int = MAX_LENGTH) -> int:
    """The greatest number whose document is not longer than ``length`` characters."""
    low, high = 1, 2
    while len(family(high)) <= length:
        low, high = high, 2 * high
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(family(middle)) <= length else (low, middle - 1)
    return low


def documents_of(family: Family) -> list[str]:
    """The family's documents: as long as may be, and shorter ones, which get further before they are refused."""
    most = largest(family)
    return [family(each) for each in sorted({max(1, int(most * share)) for share in _SHARES})]
