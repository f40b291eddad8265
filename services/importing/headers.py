"""The fields that can be imported, and the spellings of column headers that name them, in English and German.

The spellings are our own list, from the exports of common CRMs, address books and shops. Case, accents, the spelling of
umlauts, spaces and punctuation make no difference, nor does a number at the end (``E-Mail 2``).
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from domain.records import RecordKind

Spellings = Mapping[str, str]
"""Our field → the headers that name it, divided by ``|``; the field's own name always does."""

_REACH: Spellings = {
    "email": "emails|e-mail|e-mails|mail|mails|mailadresse|email address|e-mail-adresse|emailadresse|e-mail address"
    "|e-mail (geschäftlich)|e-mail geschäftlich|e-mail (privat)|e-mail privat|work email|business email|email work"
    "|private email|home email|personal email|kontakt-mail|contact email|elektronische post",
    "phone": "phones|telephone|telephone number|phone number|tel|tel.|telefon|telefonnummer|telefonnr|telefon-nr."
    "|rufnummer|festnetz|festnetznummer|landline|work phone|business phone|home phone|office phone|phone work"
    "|phone home|telefon (geschäftlich)|telefon geschäftlich|telefon (privat)|telefon privat|telefon zentrale"
    "|zentrale|durchwahl|voice",
    "mobile": "mobiles|mobile phone|mobile number|mobile no|cell|cell phone|cellphone|cellular|handy|handynummer"
    "|handy-nr.|mobil|mobilnummer|mobiltelefon|mobilfunk|mobilfunknummer|mobile work|gsm",
    "fax": "faxes|fax number|fax-nr.|faxnummer|telefax|telefaxnummer|business fax|fax geschäftlich",
}
_ADDRESS: Spellings = {
    "street": "straße|str.|street address|address|address line 1|address1|address street|addressline1|anschrift|adresse"
    "|straße und hausnummer|straße und nr.|straße hausnummer|straße/hausnummer|straße nr.|street and number"
    "|street name|strasse u. nr.|business street|billing street|mailing street|rechnungsstraße|postanschrift",
    "houseNumber": "hausnummer|haus-nr.|hausnr|hnr|nr.|house no|house no.|house number|street number|street no",
    "postcode": "plz|postleitzahl|zip|zip code|zipcode|postal code|post code|zip/postal code|billing postal code"
    "|mailing postal code|business postal code",
    "city": "ort|stadt|wohnort|town|city/town|locality|ortschaft|gemeinde|suburb|billing city|mailing city"
    "|business city|firmensitz",
    "region": "bundesland|land (bundesland)|state|province|county|kanton|state/province|region code|regioncode"
    "|billing state|mailing state|business state",
    "country": "land|staat|country code|ländercode|länderkennzeichen|landeskennzeichen|laenderkuerzel|nation"
    "|country/region|billing country|mailing country|business country",
}
_COMPANY: Spellings = {
    "vatId": "vat|vat id|vat no|vat no.|vat number|vat reg no|vat registration number|ust-id|ust-idnr.|ust-id-nr."
    "|ustid|umsatzsteuer-id|umsatzsteuer-identifikationsnummer|umsatzsteueridentnummer|uid|uid-nummer|tax id"
    "|tax number|eu vat id",
    "website": "web|website|web site|web page|webpage|homepage|internet|internetseite|internetadresse|webseite"
    "|webadresse|url|www|domain|company website|firmenwebsite|company url",
}
_PERSON: Spellings = {
    "salutation": "anrede|gruß|mr/mrs|honorific|courtesy title|anredeform",
    "title": "titel|akademischer titel|academic title|name prefix|title prefix|akad. titel",
    "firstName": "first name|firstname|given name|given_name|givenname|forename|vorname|vornamen|rufname|name first"
    "|name given|contact first name|ansprechpartner vorname|vorname ansprechpartner",
    "lastName": "last name|lastname|surname|sur name|family name|family_name|familyname|nachname|familienname|zuname"
    "|name last|name family|contact last name|ansprechpartner nachname|nachname ansprechpartner",
    "fullName": "full name|name|fullname|contact name|contact|person|kontakt|kontaktname|kontaktperson|ansprechpartner"
    "|ansprechperson|vor- und nachname|vorname nachname|vorname und nachname|your name|ihr name|display name|kunde"
    "|customer|customer name|kundenname|anzeigename",
    "birthDate": "birth date|birthdate|date of birth|dob|birthday|geburtsdatum|geburtstag|geb.|geb.-datum|geboren"
    "|geboren am",
}
_COMPANY_NAME = (
    "company|company name|firma|firmenname|firmierung|unternehmen|unternehmensname|organisation|organization"
    "|organisation name|organization name|organisationsname|business|business name|employer|arbeitgeber|account name"
    "|account|kontoname|konto|gesellschaft|betrieb|institution|legal name|name der firma|name des unternehmens"
)
_ID = "external id|external_id|id|ext id|extern id|externe id|fremdschlüssel|external key|record id|datensatz-id|key"

_FIELDS: Mapping[RecordKind, Spellings] = {
    RecordKind.ACCOUNT: {
        "externalId": f"{_ID}|account id|account number|account no|customer number|customer no|customer id|kunden-nr."
        "|kundennummer|kunden-id|konto-id|kontonummer crm|debitorennummer|debitor|firmen-id|company id|debitor number",
        "name": f"{_COMPANY_NAME}|firma 1|name 1|kunde|kundenname|customer|customer name",
        **_COMPANY,
        **_REACH,
        **_ADDRESS,
        "owner": "inhaber|besitzer|betreuer|kundenbetreuer|account owner|account manager|verantwortlicher|zuständig"
        "|owner email|sales rep|vertriebsmitarbeiter",
    },
    RecordKind.CONTACT: {
        "externalId": f"{_ID}|contact id|contact number|kontakt-id|kontaktnummer|person id|personen-id|rec id|rec_id",
        "accountExternalId": "account external id|account.externalId|account_external_id|account number|account no"
        "|customer number|kundennummer|kunden-nr.|company id|firmen-id|firma id|externe konto-id|konto extern"
        "|organisation id|organization id",
        "accountId": "account id|account_id|konto-id|leadgate account id",
        "companyName": _COMPANY_NAME,
        "companyVatId": "company vat id|vat id|vat|ust-id|ust-idnr.|ustid|vat number|firma ust-id",
        "companyWebsite": "company website|website|homepage|web|webseite|internet|company url|firmenwebsite"
        "|company domain",
        "companyStreet": "company street|firma straße|straße firma|company address",
        "companyHouseNumber": "company house number|firma hausnummer",
        "companyPostcode": "company postcode|company zip|company postal code|firma plz|plz firma",
        "companyCity": "company city|firma ort|ort firma|company town",
        "companyRegion": "company region|company state|firma bundesland",
        "companyCountry": "company country|firma land|land firma",
        **_PERSON,
        **_REACH,
        **_ADDRESS,
        "owner": "inhaber|besitzer|betreuer|contact owner|kontaktinhaber|verantwortlicher|zuständig|owner email",
    },
    RecordKind.LEAD: {
        "externalId": f"{_ID}|lead id|lead number|lead-nr.|leadnummer|anfrage-id|anfragenummer|request id|enquiry id"
        "|inquiry id|ticket id|rec id|rec_id",
        "source": "quelle|lead source|leadquelle|herkunft|origin|channel|kanal|kampagne|campaign|utm source|portal"
        "|anbieter",
        "type": "lead type|typ|leadtyp|lead-typ|art|kategorie|category|anfrageart|request type",
        "receivedAt": "received at|received|date|datum|eingang|eingangsdatum|eingegangen am|created|created at"
        "|created time|created date|creation date|erstellt|erstellt am|anfragedatum|request date|submitted|submitted at"
        "|submission date|timestamp|zeitstempel|zeitpunkt|empfangen|empfangen am",
        "expiresAt": "expires at|expires|expiry|expiry date|gültig bis|läuft ab|läuft ab am|ablaufdatum|valid until",
        "subject": "betreff|topic|thema|title of request|anliegen|headline",
        "message": "nachricht|mitteilung|text|comment|comments|kommentar|bemerkung|bemerkungen|anmerkung|anmerkungen"
        "|notes|note|notiz|notizen|description|beschreibung|body|request|anfrage|enquiry|inquiry|your message"
        "|ihre nachricht|freitext",
        "interest": "interesse|product|produkt|product interest|interessiert an|vehicle|fahrzeug|wunschfahrzeug|modell"
        "|model|artikel|angebot|gewünschtes produkt|produktinteresse|vehicle of interest",
        "assignee": "bearbeiter|assigned to|assignee email|zugewiesen an|zuständig|owner|betreuer|assignee suggestion"
        "|verantwortlicher|sachbearbeiter|berater|sales rep",
        "companyName": _COMPANY_NAME,
        "legalForm": "legal form|rechtsform|company legal form|gesellschaftsform|company type",
        **{field: f"{spellings}|company {field}" for field, spellings in _COMPANY.items()},
        **_PERSON,
        **_REACH,
        **_ADDRESS,
    },
}
LISTS = frozenset({"email", "phone", "mobile", "fax"})
"""Fields that take several columns, and several values divided by a semicolon, a bar or a line break."""
TEXTS: Mapping[str, str] = {"message": "\n", "interest": "; "}
"""Fields whose columns are joined, and by what."""
MULTILINE = frozenset({"message"})
"""Fields that may have line breaks; in others they become blanks."""

_PREFIXES = ("person", "customer", "contact", "kontakt", "kunde", "lead", "address", "adresse", "anschrift", "account")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"})


def fields_of(kind: RecordKind) -> tuple[str, ...]:
    """The fields that a file of this kind can fill, by their camelCase names."""
    return tuple(_FIELDS[kind])


def field_of(kind: RecordKind, header: str) -> str | None:
    """The field that a column header names, or None."""
    known = _known(kind)
    folded = fold_header(header)
    if folded in known:
        return known[folded]
    return next(
        (known[rest] for each in _PREFIXES if (rest := folded.removeprefix(each)) != folded and rest in known), None
    )


@cache
def _known(kind: RecordKind) -> Mapping[str, str]:
    known = {fold_header(field): field for field in _FIELDS[kind]}
    for field, spellings in _FIELDS[kind].items():
        for each in spellings.split("|"):
            known.setdefault(fold_header(each), field)
    return known


@lru_cache(maxsize=4096)
def fold_header(header: str) -> str:
    """A header without all that makes no difference."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", header).casefold().translate(_UMLAUTS))
    letters = re.sub(r"[^a-z0-9]", "", plain.encode("ascii", "ignore").decode())
    return re.sub(r"\d+$", "", letters) or letters
