"""Names, numbers, addresses and ids in their many forms, folded into one."""

import pytest

from domain.values import PhoneKind
from services.matching import domains
from services.matching.companies import acronym, parse_company, parse_legal_form
from services.matching.emails import company_domain, fold_email, local_name
from services.matching.nicknames import are_forms_of_one_name
from services.matching.people import parse_person
from services.matching.phones import fold_phone
from services.matching.phonetics import koelner
from services.matching.streets import fold_house_number, fold_place, fold_postcode, fold_street
from services.matching.text import MAX_CHARACTERS, clean, collapse, fold, words
from services.matching.vat_ids import fold_vat_id, has_wrong_check_digit


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller", "mueller"),
        ("MÜLLER", "mueller"),
        ("Mu\u0308ller", "mueller"),
        ("Weiß", "weiss"),
        ("D\u2019Unger", "dunger"),
        ("Østergård", "oestergaard"),
        ("François", "francois"),
        ("Ромашка", "romashka"),
        ("\ud800x", "x"),
        (None, ""),
    ],
)
def test_fold_brings_spellings_together(text: str | None, folded: str) -> None:
    """Case, composed and decomposed umlauts, apostrophes and scripts do not matter."""
    assert fold(text) == folded


def test_fold_tells_umlauts_from_plain_vowels() -> None:
    """Only keys bring Müller and Muller together; comparing does not."""
    assert len({fold("Müller"), fold("Muller"), fold("Möller")}) == 3
    assert collapse(fold("Müller")) == collapse(fold("Muller")) == collapse("mueller")


def test_long_text_is_cut() -> None:
    """A text of any length costs the same."""
    assert len(clean("ab " * 100_000)) <= MAX_CHARACTERS
    assert len(fold("ﷺ" * 100_000)) <= 2 * MAX_CHARACTERS


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("wikipedia", "3412"),
        ("mueller", "657"),
        ("luedenscheidt", "52682"),
        ("breschnew", "17863"),
        ("meyer", "67"),
        ("maier", "67"),
        ("philipp", "351"),
        ("xaver", "4837"),
        ("christian", "47826"),
        ("", ""),
        ("123", ""),
    ],
)
def test_koelner_phonetik(word: str, code: str) -> None:
    """Postel's rules give the codes that are published for these words."""
    assert koelner(word) == code


@pytest.mark.parametrize(
    ("name", "tokens", "legal_form"),
    [
        ("Autohaus Schmidt GmbH & Co. KG", ("autohaus", "schmidt"), "gmbh & co kg"),
        ("Autohaus Schmidt gmbh u. Co KG", ("autohaus", "schmidt"), "gmbh & co kg"),
        ("Autohaus Schmidt GmbH&Co.KG", ("autohaus", "schmidt"), "gmbh & co kg"),
        ("Autohaus Schmidt GmbH + Co KG", ("autohaus", "schmidt"), "gmbh & co kg"),
        ("Schmidt G.m.b.H.", ("schmidt",), "gmbh"),
        ("Schmidt Gesellschaft mit beschränkter Haftung", ("schmidt",), "gmbh"),
        ("Schmidt UG (haftungsbeschränkt)", ("schmidt",), "ug"),
        ("Müller u. Sohn", ("mueller", "sohn"), ""),
        ("Müller & Sohn", ("mueller", "sohn"), ""),
        ("Schmidt GmbH, Werk Dresden", ("schmidt", "werk", "dresden"), "gmbh"),
        ("Advanced Micro Devices, Inc.", ("advanced", "micro", "devices"), "inc"),
        ("Tata Pvt. Ltd.", ("tata",), "pvt ltd"),
        ("\u041e\u041e\u041e Ромашка", ("romashka",), "ooo"),
        ("Gebr. Klein oHG", ("gebrueder", "klein"), "ohg"),
        ("Sportverein Nord e. V.", ("sportverein", "nord"), "ev"),
        ("AG", ("ag",), ""),
        ("---", (), ""),
        (None, (), ""),
    ],
)
def test_companies_lose_their_legal_form(name: str | None, tokens: tuple[str, ...], legal_form: str) -> None:
    """Any way of writing a legal form is cut and known; a name that is nothing else keeps its words."""
    assert parse_company(name) == (tokens, legal_form)


def test_a_legal_form_on_its_own() -> None:
    """The field of a lead is read as the end of a name is."""
    assert parse_legal_form("Ges.m.b.H.") == "gmbh"
    assert parse_legal_form("unknown") == ""


def test_acronyms() -> None:
    """Initials are taken from three words on, without articles."""
    assert acronym(("advanced", "micro", "devices")) == "amd"
    assert acronym(("bank", "of", "scotland")) == ""


@pytest.mark.parametrize(
    ("first_name", "last_name", "expected"),
    [
        ("Dr. Karl-Heinz", "von der Leyen jun.", (("karl", "heinz"), ("von", "der", "leyen"), "jun")),
        (None, "Müller, Peter", (("peter",), ("mueller",), "")),
        ("Peter Müller", None, (("peter",), ("mueller",), "")),
        ("Frau Eva", "Lohse", (("eva",), ("lohse",), "")),
        (None, "Prof. Dr.", ((), ("dr",), "")),
        ("Martin", "King Jr.", (("martin",), ("king",), "jun")),
        (None, None, ((), (), "")),
    ],
)
def test_people_lose_titles(
    first_name: str | None, last_name: str | None, expected: tuple[tuple[str, ...], tuple[str, ...], str]
) -> None:
    """Titles, salutations and degrees go, the generation stands aside, and a name is never emptied."""
    assert parse_person(first_name, last_name) == expected


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("jon", "jonathan", True),
        ("sepp", "josef", True),
        ("bob", "robert", True),
        ("rob", "bob", True),
        ("uschi", "ursula", True),
        ("lena", "lukas", False),
        ("paul", "peter", False),
    ],
)
def test_nicknames(one: str, other: str, *, is_same: bool) -> None:
    """Short forms meet their formal name and each other, in German and English, both ways."""
    assert are_forms_of_one_name(one, other) is is_same
    assert are_forms_of_one_name(other, one) is is_same


@pytest.mark.parametrize(
    ("number", "country", "expected"),
    [
        ("0351 / 123 456", "DE", ("+49351123456", "L")),
        ("+49 351 123456", "DE", ("+49351123456", "L")),
        ("0049 (0)351 123-456", "DE", ("+49351123456", "L")),
        ("0172 1234567", "DE", ("+491721234567", "M")),
        ("919876543210", "DE", ("+919876543210", "M")),
        ("+919876543210", "DE", ("+919876543210", "M")),
        ("0788382382", "RW", ("+250788382382", "M")),
        ("+250788382382", "DE", ("+250788382382", "M")),
        ("+1-415-555-1234", "DE", ("+14155551234", "?")),
        ("n/a", "DE", ("", "")),
        ("1234", "DE", ("", "")),
        ("1" * 5_000, "DE", ("", "")),
        ("", "DE", ("", "")),
    ],
)
def test_phones_are_e164(number: str, country: str, expected: tuple[str, str]) -> None:
    """All ways of writing a number are one, with the kind of line that the numbering plan tells."""
    assert fold_phone(number, PhoneKind.LANDLINE, country) == expected


def test_a_given_kind_counts_where_the_plan_is_open() -> None:
    """Fax is always believed; mobile only where a number may be either."""
    assert fold_phone("0351 123456", PhoneKind.FAX, "DE")[1] == "F"
    assert fold_phone("0351 123456", PhoneKind.MOBILE, "DE")[1] == "L"
    assert fold_phone("+14155551234", PhoneKind.MOBILE, "DE")[1] == "M"


@pytest.mark.parametrize(
    ("address", "folded"),
    [
        (" Eva.Lohse@Lohse-Bau.DE ", "eva.lohse@lohse-bau.de"),
        ("eva+news@lohse-bau.de", "eva@lohse-bau.de"),
        ("e.va@googlemail.com", "eva@gmail.com"),
        ("info@müller.de", "info@xn--mller-kva.de"),
        ("<eva@lohse-bau.de>", "eva@lohse-bau.de"),
        ("eva", ""),
        ("@lohse-bau.de", ""),
        ("eva@localhost", ""),
        ("e va@lohse-bau.de", ""),
        (None, ""),
    ],
)
def test_emails_are_folded(address: str | None, folded: str) -> None:
    """Equal mailboxes are equal; what is no address is nothing."""
    assert fold_email(address) == folded


def test_freemail_is_no_company() -> None:
    """A domain of a provider for everybody says nothing about a company; others do."""
    assert company_domain("eva@gmail.com") == ""
    assert company_domain("eva@us.ibm.com") == "ibm.com"
    assert not domains.is_company_evidence(domains.of_website("https://www.facebook.com/lohse"))


def test_mailbox_names() -> None:
    """The name of a mailbox is its letters; a function's mailbox names nobody."""
    assert local_name("john_doe@us.ibm.com") == local_name("johndoe@ibm.com") == "johndo"
    assert local_name("kontakt@ibm.com") == ""


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.lohse-bau.de/kontakt?x=1", "lohse-bau.de"),
        ("lohse-bau.de", "lohse-bau.de"),
        ("//shop.lohse.co.uk:8080", "lohse.co.uk"),
        ("http://user@lohse-bau.de", "lohse-bau.de"),
        ("www.müller.de", "xn--mller-kva.de"),
        ("co.uk", ""),
        ("not a site", ""),
        (None, ""),
    ],
)
def test_websites_give_their_registered_domain(website: str | None, domain: str) -> None:
    """The public suffix list decides what a company registers."""
    assert domains.of_website(website) == domain


@pytest.mark.parametrize(
    ("street", "number", "expected"),
    [
        ("Hauptstraße", "12 A", ("hauptstr", "12a")),
        ("Hauptstr. 12a", None, ("hauptstr", "12a")),
        ("Haupt Strasse 12 a", None, ("hauptstr", "12a")),
        ("Hauptstr.12a", None, ("hauptstr", "12a")),
        ("12a Hauptstr.", None, ("hauptstr", "12a")),
        ("12, rue de la Paix", None, ("rue de la paix", "12")),
        ("Hauptstr. 12-14", None, ("hauptstr", "12-14")),
        ("Straße des 17. Juni 135", None, ("str des 17 juni", "135")),
        ("10 Downing Street", None, ("downing st", "10")),
        (None, None, ("", "")),
    ],
)
def test_streets(street: str | None, number: str | None, expected: tuple[str, str]) -> None:
    """Abbreviations are one, and the number is found at either end."""
    assert fold_street(street, number) == expected


def test_places() -> None:
    """Postcodes lose prefixes and spaces, a German one regains its leading zero; St. is Sankt."""
    assert fold_postcode("D-01067", "DE") == fold_postcode("1067", "DE") == "01067"
    assert fold_postcode("SW1A 2AA", "GB") == "sw1a2aa"
    assert fold_postcode("1067", "AT") == "1067"
    assert fold_place("St. Pölten") == fold_place("Sankt Poelten")
    assert fold_house_number("Nr. 012 b") == "12b"


@pytest.mark.parametrize(
    ("vat_id", "country", "folded"),
    [
        ("DE 136.695.976", "DE", "DE136695976"),
        ("136695976", "DE", "DE136695976"),
        ("ATU 12345675", "DE", "ATU12345675"),
        ("CHE-116.281.710 MWST", "CH", "CH116281710"),
        ("GR123456789", "DE", "EL123456789"),
        ("AU12345678901", "AU", "AU12345678901"),
        ("n/a", "DE", ""),
        ("unbekannt", "DE", ""),
        (None, "DE", ""),
    ],
)
def test_vat_ids(vat_id: str | None, country: str, folded: str) -> None:
    """Spaces and points go, a missing prefix is the home country's, and what has no shape of an id is no detail."""
    assert fold_vat_id(vat_id, country) == folded


def test_check_digits() -> None:
    """The published examples are right, and one digit off is wrong."""
    assert not has_wrong_check_digit("DE136695976")
    assert has_wrong_check_digit("DE136695975")
    assert not has_wrong_check_digit("BE0428759497")
    assert has_wrong_check_digit("BE0428759498")
    assert not has_wrong_check_digit("ATU13585627")
    assert has_wrong_check_digit("ATU13585626")
    assert not has_wrong_check_digit("FR12345678901")


def test_words_are_runs_of_letters_and_digits() -> None:
    """Everything else divides."""
    assert words("Karl-Heinz (3M)") == ["karl", "heinz", "3m"]
