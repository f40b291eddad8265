"""What the demo's leads say: subjects, messages, interests, by the code of their type."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A lead's words."""

    subject: str
    message: str
    interest: str | None = None


TEXTS: dict[str, tuple[Text, ...]] = {
    "test-drive": (
        Text(
            "Probefahrt", "Guten Tag, ich würde den Wagen gern am Wochenende Probe fahren. Geht das?", "Kompaktklasse"
        ),
        Text("Test drive on Friday?", "Could I try the estate on Friday afternoon?", "Estate, diesel"),
        Text(
            "Probefahrt E-Auto", "Wir überlegen umzusteigen und möchten eine längere Strecke fahren.", "Elektro, 77 kWh"
        ),
        Text("Probefahrttermin", "Bitte rufen Sie mich wegen eines Termins zurück.", "SUV, Hybrid"),
    ),
    "offer-request": (
        Text(
            "Angebot für drei Fahrzeuge",
            "Wir brauchen bis Quartalsende drei Kombis für den Außendienst.",
            "Kombi, 3 Stück",
        ),
        Text("Leasing offer", "Please send us an offer, 36 months, 20,000 km a year.", "Leasing, 36 months"),
        Text("Angebot Transporter", "Kastenwagen mit Regaleinbau, möglichst sofort verfügbar.", "Transporter, lang"),
        Text("Inzahlungnahme", "Was würden Sie für unseren alten Wagen anrechnen?", "Kleinwagen"),
    ),
    "contact-request": (
        Text("Rückruf erbeten", "Ich habe eine Frage zu meiner Bestellung."),
        Text("Newsletter", "Bitte nehmen Sie mich in den Verteiler auf."),
        Text("Opening hours", "Are you open on Saturday?"),
    ),
    "general": (
        Text("Messekontakt", "Gespräch am Stand, Visitenkarte liegt vor. Bitte nachfassen.", "Flotte"),
        Text("Anfrage über das Portal", "Ihr Inserat spricht mich an, bitte melden Sie sich.", "Gebrauchtwagen"),
        Text("Phone call noted down", "Called about a service appointment, would like to be called back."),
    ),
}
SOURCES = ("web form", "portal", "trade fair", "phone", "e-mail", "agency")
