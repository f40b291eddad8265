"""The texts of the evidence codes: English, German."""

from collections.abc import Mapping

from domain.matches import EvidenceCode as Code

EVIDENCE: Mapping[Code, tuple[str, str]] = {
    Code.NAME_EQUAL: ("Same name", "Gleicher Name"),
    Code.NAME_SIMILAR: ("Similar name", "Ähnlicher Name"),
    Code.NAME_SWAPPED: ("First and last name are swapped", "Vor- und Nachname sind vertauscht"),
    Code.NAME_NICKNAME: ("Short form of the same first name", "Kurzform desselben Vornamens"),
    Code.NAME_ACRONYM: (
        "One name is the initials of the other",
        "Ein Name besteht aus den Anfangsbuchstaben des anderen",
    ),
    Code.NAME_IN_EMAIL: (
        "The e-mail address contains the name of the other",
        "Die E-Mail-Adresse enthält den Namen der anderen Seite",
    ),
    Code.NAME_DIFFERENT: ("Different name", "Anderer Name"),
    Code.FIRST_NAME_DIFFERENT: (
        "Another first name: what agrees may be a relative's or a colleague's",
        "Anderer Vorname: was übereinstimmt, kann von Verwandten oder Kollegen stammen",
    ),
    Code.PERSON_EQUAL: (
        "The account has a contact of the same name",
        "Das Konto hat einen Kontakt mit demselben Namen",
    ),
    Code.PERSON_SIMILAR: (
        "The account has a contact of a similar name",
        "Das Konto hat einen Kontakt mit ähnlichem Namen",
    ),
    Code.EMAIL_EQUAL: ("Same e-mail address", "Gleiche E-Mail-Adresse"),
    Code.EMAIL_SIMILAR: ("Similar e-mail address", "Ähnliche E-Mail-Adresse"),
    Code.EMAIL_DIFFERENT: ("Different e-mail address", "Andere E-Mail-Adresse"),
    Code.DOMAIN_EQUAL: ("Same internet domain", "Gleiche Internet-Domain"),
    Code.DOMAIN_DIFFERENT: ("Different internet domain", "Andere Internet-Domain"),
    Code.PHONE_EQUAL: ("Same phone number", "Gleiche Telefonnummer"),
    Code.PHONE_SAME_TRUNK: ("Same phone number up to the extension", "Gleiche Telefonnummer bis auf die Durchwahl"),
    Code.PHONE_DIFFERENT: ("Different phone number", "Andere Telefonnummer"),
    Code.ADDRESS_EQUAL: ("Same address", "Gleiche Anschrift"),
    Code.ADDRESS_SIMILAR: ("Similar address", "Ähnliche Anschrift"),
    Code.ADDRESS_SAME_PLACE: ("Same place", "Gleicher Ort"),
    Code.ADDRESS_DIFFERENT: ("Different address", "Andere Anschrift"),
    Code.VAT_ID_EQUAL: ("Same VAT id", "Gleiche USt-IdNr."),
    Code.VAT_ID_SIMILAR: ("VAT ids that differ by a typing error", "USt-IdNr. mit Tippfehler"),
    Code.VAT_ID_DIFFERENT: ("Different VAT id", "Andere USt-IdNr."),
    Code.BIRTH_DATE_EQUAL: ("Same birth date", "Gleiches Geburtsdatum"),
    Code.BIRTH_DATE_SIMILAR: ("Birth dates that differ by a typing error", "Geburtsdatum mit Tippfehler"),
    Code.BIRTH_DATE_DIFFERENT: ("Different birth date", "Anderes Geburtsdatum"),
    Code.LEGAL_FORM_EQUAL: ("Same legal form", "Gleiche Rechtsform"),
    Code.LEGAL_FORM_DIFFERENT: ("Different legal form", "Andere Rechtsform"),
    Code.COMPANY_EQUAL: ("The contact works at the lead's company", "Der Kontakt gehört zur Firma des Leads"),
    Code.COMPANY_SIMILAR: (
        "The contact works at a company like the lead's",
        "Der Kontakt gehört zu einer ähnlichen Firma wie der des Leads",
    ),
    Code.COMPANY_MISSING: (
        "The contact works at a company, and the lead names none",
        "Der Kontakt gehört zu einer Firma, und der Lead nennt keine",
    ),
}
