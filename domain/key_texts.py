"""The texts of the families of blocking keys: English, German."""

from collections.abc import Mapping

KEY_FAMILIES: Mapping[str, tuple[str, str]] = {
    "company": ("A word of the company's name", "Ein Wort des Firmennamens"),
    "company+city": ("A word of the company's name, and the city", "Ein Wort des Firmennamens und der Ort"),
    "companies": ("Two words of the company's name", "Zwei Wörter des Firmennamens"),
    "joined": ("The company's whole name", "Der ganze Firmenname"),
    "prefix+area": ("The start of the company's name and of the postcode", "Anfang von Firmenname und Postleitzahl"),
    "sound+postcode": ("The sound of the company's name, and the postcode", "Klang des Firmennamens und Postleitzahl"),
    "acronym": ("The initials of the company's name", "Die Anfangsbuchstaben des Firmennamens"),
    "domain": ("The internet domain", "Die Internet-Domain"),
    "domain+name": ("The internet domain and the company's name", "Internet-Domain und Firmenname"),
    "name+postcode": ("The company's name and the postcode", "Firmenname und Postleitzahl"),
    "vat": ("The VAT id", "Die USt-IdNr."),
    "email": ("The e-mail address", "Die E-Mail-Adresse"),
    "mailbox": ("The part of the e-mail address before the @", "Der Teil der E-Mail-Adresse vor dem @"),
    "colleague": ("The company's domain in the e-mail address", "Die Firmen-Domain in der E-Mail-Adresse"),
    "phone": ("The phone number", "Die Telefonnummer"),
    "trunk": ("The phone number without its last two digits", "Die Telefonnummer ohne die letzten zwei Ziffern"),
    "street+city": ("Street, house number and city", "Straße, Hausnummer und Ort"),
    "street+postcode": ("Street, house number and postcode", "Straße, Hausnummer und Postleitzahl"),
    "name+city": ("A name of the person, and the city", "Ein Name der Person und der Ort"),
    "name sound+postcode": ("The sound of a name, and the postcode", "Klang eines Namens und Postleitzahl"),
    "birth date+name": ("The birth date and the start of a name", "Geburtsdatum und Anfang eines Namens"),
    "names": ("First and last name", "Vor- und Nachname"),
    "person+domain": ("First and last name, and the e-mail domain", "Vor- und Nachname und die E-Mail-Domain"),
    "person+postcode": ("First and last name, and the postcode", "Vor- und Nachname und Postleitzahl"),
    "name+company": ("The last name and the company", "Nachname und Firma"),
    "2:company half": ("Half a word of the company's name", "Ein halbes Wort des Firmennamens"),
    "2:company sound": ("The sound of a word of the company's name", "Klang eines Worts des Firmennamens"),
    "2:name": ("A name of the person", "Ein Name der Person"),
    "2:name half": ("Half a name of the person", "Ein halber Name der Person"),
    "2:half names": ("One name, and a part of the other", "Ein Name und ein Teil des anderen"),
    "2:name sound+city": ("The sound of a name, and the city", "Klang eines Namens und Ort"),
    "2:name sounds": ("The sound of first and last name", "Klang von Vor- und Nachname"),
    "2:initial+postcode": ("An initial, and the postcode", "Ein Anfangsbuchstabe und die Postleitzahl"),
    "2:name start+area": (
        "The start of a name and of the postcode",
        "Anfang eines Namens und der Postleitzahl",
    ),
    "2:birth date": ("The birth date, day and month in any order", "Geburtsdatum, Tag und Monat beliebig"),
    "2:phone end": ("The last digits of the phone number", "Die letzten Ziffern der Telefonnummer"),
    "2:street": ("Street and house number, in any town", "Straße und Hausnummer, an jedem Ort"),
    "2:number+postcode": ("House number and postcode", "Hausnummer und Postleitzahl"),
}
"""By the name that the family has inside its hashes; those of tier two begin with ``2:``."""

UNNAMED_KEY = ("Some detail in common", "Eine gemeinsame Angabe")
