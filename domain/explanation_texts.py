"""The texts that explain a pair: why it is no candidate or no 100 % match, and what became of its keys."""

from collections.abc import Mapping

from domain.explanations import Absence, ExactFailure, KeyUse

ABSENCES: Mapping[Absence, tuple[str, str]] = {
    Absence.PRIVATE_PERSON: (
        "The lead names no company, so it belongs to the private customers' account and no other is looked for.",
        "Der Lead nennt keine Firma; er gehört zum Konto der Privatkunden, und kein anderes wird gesucht.",
    ),
    Absence.PRIVATE_CUSTOMERS: (
        "The account of private customers is never proposed.",
        "Das Konto der Privatkunden wird nie vorgeschlagen.",
    ),
    Absence.DISMISSED: (
        "A user has dismissed it for this lead. It comes back when it is restored or an identifying detail changes.",
        "Er wurde für diesen Lead verworfen, bis das zurückgenommen wird oder sich eine prägende Angabe ändert.",
    ),
    Absence.NOT_INDEXED: (
        "The record is not in the match index yet; it is being built.",
        "Der Datensatz steht noch nicht im Abgleich-Index; dieser wird gerade aufgebaut.",
    ),
    Absence.NO_SHARED_KEY: (
        "The two have nothing in common that records are looked for by.",
        "Die beiden haben nichts gemeinsam, wonach Datensätze gesucht werden.",
    ),
    Absence.TOO_FREQUENT_KEYS: (
        "What the two have in common is too frequent to look for records by.",
        "Was die beiden gemeinsam haben, ist zu häufig, um danach Datensätze zu suchen.",
    ),
    Absence.LOOSE_KEYS_NOT_ASKED: (
        "The two have only loose details in common, which are looked for only where nothing similar is found.",
        "Die beiden haben nur ungefähre Angaben gemeinsam; danach wird nur gesucht, wo nichts Ähnliches gefunden ist.",
    ),
    Absence.BELOW_THRESHOLD: (
        "The evidence does not reach the threshold.",
        "Die Hinweise erreichen die Schwelle nicht.",
    ),
    Absence.BEYOND_THE_LIST: (
        "The list is full of records that fit better.",
        "Die Liste ist voll von Datensätzen, die besser passen.",
    ),
    Absence.CROWDED_OUT: (
        "Other records have so much more in common with the lead, or so many as much, that it was not looked at.",
        "Andere haben so viel mehr mit dem Lead gemeinsam, oder so viele ebenso viel, dass er nicht angesehen wurde.",
    ),
}

EXACT_FAILURES: Mapping[ExactFailure, tuple[str, str]] = {
    ExactFailure.PRIVATE_PERSON: (
        "The lead names no company, so no account is its match.",
        "Der Lead nennt keine Firma, also passt kein Konto zu ihm.",
    ),
    ExactFailure.CONTRADICTION: (
        "A detail that both have differs.",
        "Eine Angabe, die beide haben, unterscheidet sich.",
    ),
    ExactFailure.TOO_LITTLE_AGREES: (
        "Fewer than two independent kinds of evidence agree, of those that count.",
        "Weniger als zwei unabhängige Arten von Hinweisen stimmen überein, von denen, die zählen.",
    ),
    ExactFailure.NOTHING_NAMES: (
        "What agrees tells a household or a building, but not who it is.",
        "Was übereinstimmt, sagt etwas über Haushalt oder Gebäude, aber nicht, wer es ist.",
    ),
    ExactFailure.RIVALLED: (
        "Another record may be it as well: it agrees in all of this, or is another site of the name.",
        "Ein anderer Datensatz kann es ebenso sein: Er stimmt in all dem überein oder ist ein anderer Standort.",
    ),
}

KEY_USES: Mapping[KeyUse, tuple[str, str]] = {
    KeyUse.USED: ("Looked for", "Danach wird gesucht"),
    KeyUse.TOO_FREQUENT: ("Left out, because too many records have it", "Weggelassen, weil zu viele es haben"),
    KeyUse.PARTLY_READ: (
        "Looked for, but so many records have it that only the first are read",
        "Danach wird gesucht, aber so viele haben es, dass nur die ersten gelesen werden",
    ),
    KeyUse.NOT_ASKED: ("Loose, and not looked for this time", "Ungefähr, und diesmal nicht gesucht"),
}
