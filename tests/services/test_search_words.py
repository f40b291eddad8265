"""The words records are found by, and the words of a search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.records import Company, Lead
from domain.values import PostalAddress
from services.search_words import MAX_TERMS, MAX_WORD, MAX_WORDS, fold_query, fold_word, search_words
from tests.support.factories import make_account, make_contact, make_lead

ACCOUNT = make_account(
    name="Müller & Söhne Straßenbau GmbH",
    vat_id="DE 123 456 789",
    website="https://www.mueller-soehne.example/impressum",
    emails=("Max.Müller@Example.de",),
    phones=("0351 / 123 456", "+39 06 1234567"),
    address=PostalAddress(street="Hauptstraße", city="Bad Möllen", postcode="01067"),
)
CONTACT = make_contact(1, first_name="Seán", last_name="O'Neill-Œuvré", phones=("Zentrale 0815",))
LEAD = make_lead(
    company=Company(name="北京汽车"),
    last_name="Иванов",
    subject="Probefahrt",
    interest="Golf Variant",
    external_id="A-0042",
    source="portal",
)


def _finds(query: str, words: tuple[str, ...]) -> bool:
    terms = fold_query(query)
    return bool(terms) and all(any(word.startswith(term) for word in words) for term in terms)


@pytest.mark.parametrize(
    "query",
    [
        "müller",
        "Mueller",
        "MULLER",
        "Mü",
        "mue",
        "müll söhn",
        "strassenbau",
        "Straßenb",
        "Müller & Söhne Straßenbau GmbH",
        "max.mueller@example.de",
        "Max.Müller@ex",
        "example.de",
        "mueller-soehne.example",
        "www.mueller-soehne.example",
        "https://www.mueller-soehne.example/impressum?x#y",
        "0351",
        "0351 12",
        "0351/123456",
        "(0351) 123-456",
        "+49 351 123",
        "0049 351 123456",
        "06 1234567",
        "+39 06 123",
        "DE123456789",
        "DE 123 456 789",
        "123456789",
        "01067 Bad Möllen",
        "moellen 01067",
        "müller m",
        "müller !!!",
    ],
)
def test_an_account_is_found_by_what_a_user_types(query: str) -> None:
    """Names, towns, addresses, numbers and ids, in every usual spelling, and by their beginnings."""
    assert _finds(query, search_words(ACCOUNT, "DE"))


@pytest.mark.parametrize("query", ["möhler", "mullers", "max.mueller@exampel", "0352 12", "eller", "DE987", "", "!"])
def test_an_account_is_not_found_by_other_things(query: str) -> None:
    """Other words, the middle of a word, or nothing to look for."""
    assert not _finds(query, search_words(ACCOUNT, "DE"))


@pytest.mark.parametrize("query", ["oneill", "O\u2019Neill", "o'neill-oeuvre", "sean", "ouvre", "0815"])
def test_a_contact_is_found_by_names_and_odd_numbers(query: str) -> None:
    """Apostrophes, accents and ligatures do not hide a name; what is no number is found by its digits."""
    assert _finds(query, search_words(CONTACT, "DE"))


@pytest.mark.parametrize("query", ["Иван", "ivanov", "北京", "beijing", "probef", "golf var", "A-0042", "42"])
def test_a_lead_is_found_by_what_it_is_about(query: str) -> None:
    """Other scripts are found as written and as transliterated; subject, interest and external id count as well."""
    assert _finds(query, search_words(LEAD, "DE"))


def test_a_record_has_few_short_words() -> None:
    """However long its texts, a record is found by at most 24 words of at most 40 letters, each once."""
    lead = make_lead(
        company=" ".join(f"{number}{'x' * 60}" for number in range(100)),
        last_name=" ".join(f"n{number}" for number in range(50)),
        emails=tuple(f"a{number}@{'x' * 50}.example" for number in range(20)),
    )
    words = search_words(lead, "DE")

    assert len(words) == len(set(words)) == MAX_WORDS
    assert max(map(len, words)) == MAX_WORD
    assert any("@" in word for word in words)


def test_long_words_are_found() -> None:
    """Cutting is the same on both sides."""
    account = make_account(name="Donaudampfschifffahrtsgesellschaftskapitänsverein")

    assert _finds(account.name, search_words(account, "DE"))


def test_a_search_has_few_terms() -> None:
    """Six words narrow any list; the rest of a long search is ignored."""
    assert len(fold_query(" ".join(f"wort{number}" for number in range(100)))) == MAX_TERMS
    assert fold_query("wort" * 1_000_000) == (("wort" * 10),)


def test_words_that_everybody_has_do_not_narrow_a_search() -> None:
    """Beside other words a legal form is ignored; alone it is looked for."""
    assert fold_query("Müller und Söhne GmbH & Co. KG") == ("muller", "sohne")
    assert fold_query("GmbH") == ("gmbh",)


@given(st.text(st.characters(codec=None), max_size=60), st.text(st.characters(codec=None), max_size=60))
def test_any_text_gives_words_that_can_be_stored(name: str, other: str) -> None:
    """Whatever the text, words and terms are ASCII without spaces, so both databases order them alike."""
    record: Lead = make_lead(company=name, subject=other, emails=(other,), phones=(name,))
    for word in (*search_words(record, "DE"), *fold_query(f"{name} {other}")):
        assert word
        assert word.isascii()
        assert word.isprintable()
        assert " " not in word


@given(st.text(max_size=30), st.integers(0, 30))
def test_the_beginning_of_a_word_is_folded_to_its_beginning(word: str, length: int) -> None:
    """A search finds a word while it is still being typed."""
    assert fold_word(word).startswith(fold_word(word[:length]).rstrip())
