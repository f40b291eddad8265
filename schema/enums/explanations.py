"""Enums of explanations."""

from domain.explanations import Absence, ExactFailure, KeyEvidence, KeyUse
from schema.enums.describe import describe

describe(
    Absence,
    "Why a record is not among a lead's candidates: the first thing that kept it from being one.",
    {
        Absence.PRIVATE_PERSON: "The lead names no company, so no account is looked for.",
        Absence.PRIVATE_CUSTOMERS: "It is the account of private customers, which is never proposed.",
        Absence.DISMISSED: "A user has said that the lead is not this record.",
        Absence.NOT_INDEXED: "It is not in the match index yet.",
        Absence.NO_SHARED_KEY: "It has nothing in common with the lead that records are looked for by.",
        Absence.TOO_FREQUENT_KEYS: "What it has in common with the lead is too frequent to look for records by.",
        Absence.LOOSE_KEYS_NOT_ASKED: "It has only loose details in common, which were not looked for this time.",
        Absence.BELOW_THRESHOLD: "Its score is below the threshold.",
        Absence.BEYOND_THE_LIST: "The list of candidates is full of better ones.",
        Absence.CROWDED_OUT: "Others have far more in common with the lead, or too many as much, to look at it.",
    },
    name="MatchAbsence",
)
describe(
    ExactFailure,
    "Which part of the 100 % rule a pair does not fulfil.",
    {
        ExactFailure.PRIVATE_PERSON: "The lead names no company, so no account is its match.",
        ExactFailure.CONTRADICTION: "A detail that both sides have differs.",
        ExactFailure.TOO_LITTLE_AGREES: "Fewer than two independent kinds of evidence agree, of those that count.",
        ExactFailure.NOTHING_NAMES: "What agrees does not name the company or the person.",
        ExactFailure.RIVALLED: (
            "Another record may be it as well: it agrees in all of this, or is another site of the name, and the lead "
            "tells no site."
        ),
    },
)
describe(
    KeyUse,
    "What became of a key that lead and record share.",
    {
        KeyUse.USED: "Records were looked for by it.",
        KeyUse.TOO_FREQUENT: "It was left out, because too many records have it and the lead has rarer ones.",
        KeyUse.PARTLY_READ: "Records were looked for by it, but only the first of very many were read.",
        KeyUse.NOT_ASKED: "It is of the second tier, which was not asked.",
    },
)
describe(
    KeyEvidence,
    "Kinds of evidence that keys stand for; of each kind the best key counts full, the others a quarter.",
    {
        KeyEvidence.NAME: "The company's name.",
        KeyEvidence.PERSON: "The person's name or birth date.",
        KeyEvidence.PHONE: "A phone number.",
        KeyEvidence.MAIL: "An e-mail address or internet domain.",
        KeyEvidence.ADDRESS: "The postal address.",
        KeyEvidence.ID: "The VAT identification number.",
    },
)
