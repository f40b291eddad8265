"""Enums of matches and their evidence."""

from domain.matches import Band, EvidenceCode, EvidenceKind, Verdict
from schema.enums.describe import describe

describe(
    Band,
    "How sure a match is.",
    {
        Band.EXACT: "A 100 % match: all that both have is equal, and two independent kinds of evidence agree.",
        Band.CONFIDENT: "Not 100 %, but the evidence leaves no reasonable doubt, and no other record comes near.",
        Band.SIMILAR: "Enough evidence to be worth a look; a user decides.",
    },
    name="MatchBand",
)
describe(
    Verdict,
    "What a similarity look-up found, as a whole.",
    {
        Verdict.EXACT: "Exactly one 100 % match, which is chosen automatically.",
        Verdict.SEVERAL_EXACT: "Two or more 100 % matches, so that a user has to choose.",
        Verdict.CONFIDENT: "A candidate without reasonable doubt, which the tenant lets be chosen automatically.",
        Verdict.SIMILAR: "Similar records only, so that a user has to choose.",
        Verdict.NONE: "Nothing similar, so that a new record is created automatically.",
        Verdict.PRIVATE_PERSON: "The lead names no company, so that it goes to the private customers' account.",
    },
    name="MatchVerdict",
)
describe(
    EvidenceKind,
    "Kinds of evidence; pieces of different kinds are independent of each other.",
    {
        EvidenceKind.NAME: "The company's or the person's name.",
        EvidenceKind.PERSON: "A contact of the account who is the lead's person.",
        EvidenceKind.EMAIL: "An e-mail address.",
        EvidenceKind.DOMAIN: "The internet domain of website or e-mail, freemail providers excluded.",
        EvidenceKind.PHONE: "A phone number.",
        EvidenceKind.ADDRESS: "The postal address.",
        EvidenceKind.VAT_ID: "The VAT identification number.",
        EvidenceKind.BIRTH_DATE: "The date of birth.",
        EvidenceKind.LEGAL_FORM: "The company's legal form, which weighs little.",
        EvidenceKind.COMPANY: "The contact's account, which is the lead's company.",
    },
)
describe(
    EvidenceCode,
    "What a piece of evidence says; `message` says it in the reader's language.",
    {
        EvidenceCode.NAME_EQUAL: "The names are equal after normalisation.",
        EvidenceCode.NAME_SIMILAR: "The names resemble each other.",
        EvidenceCode.NAME_SWAPPED: "The names are equal when first and last name are swapped.",
        EvidenceCode.NAME_NICKNAME: "One first name is a short form of the other.",
        EvidenceCode.NAME_ACRONYM: "One name consists of the initials of the other.",
        EvidenceCode.NAME_IN_EMAIL: "An e-mail address of the one contains the name of the other.",
        EvidenceCode.NAME_DIFFERENT: "The names differ.",
        EvidenceCode.FIRST_NAME_DIFFERENT: "Another first name: what agrees may be a household's or a colleague's.",
        EvidenceCode.PERSON_EQUAL: "The account has a contact with the name of the lead's person.",
        EvidenceCode.PERSON_SIMILAR: "The account has a contact with a name like that of the lead's person.",
        EvidenceCode.EMAIL_EQUAL: "Both have the same e-mail address.",
        EvidenceCode.EMAIL_SIMILAR: "Both have e-mail addresses that resemble each other.",
        EvidenceCode.EMAIL_DIFFERENT: "Their e-mail addresses differ.",
        EvidenceCode.DOMAIN_EQUAL: "Both use the same internet domain.",
        EvidenceCode.DOMAIN_DIFFERENT: "Their internet domains differ.",
        EvidenceCode.PHONE_EQUAL: "Both have the same phone number.",
        EvidenceCode.PHONE_SAME_TRUNK: "Their phone numbers differ only in the extension.",
        EvidenceCode.PHONE_DIFFERENT: "Their phone numbers differ.",
        EvidenceCode.ADDRESS_EQUAL: "Both have the same postal address.",
        EvidenceCode.ADDRESS_SIMILAR: "Their postal addresses resemble each other.",
        EvidenceCode.ADDRESS_SAME_PLACE: "Both are in the same town.",
        EvidenceCode.ADDRESS_DIFFERENT: "Their postal addresses differ.",
        EvidenceCode.VAT_ID_EQUAL: "Both have the same VAT identification number.",
        EvidenceCode.VAT_ID_SIMILAR: "Their VAT identification numbers differ by what is a typing error.",
        EvidenceCode.VAT_ID_DIFFERENT: "Their VAT identification numbers differ.",
        EvidenceCode.BIRTH_DATE_EQUAL: "Both have the same date of birth.",
        EvidenceCode.BIRTH_DATE_SIMILAR: "Their dates of birth differ by what could be a typing error.",
        EvidenceCode.BIRTH_DATE_DIFFERENT: "Their dates of birth differ.",
        EvidenceCode.LEGAL_FORM_EQUAL: "Both have the same legal form.",
        EvidenceCode.LEGAL_FORM_DIFFERENT: "Their legal forms differ.",
        EvidenceCode.COMPANY_EQUAL: "The contact's account is the lead's company.",
        EvidenceCode.COMPANY_SIMILAR: "The contact's account resembles the lead's company.",
        EvidenceCode.COMPANY_MISSING: "The contact works at a company, and the lead names none.",
    },
)
