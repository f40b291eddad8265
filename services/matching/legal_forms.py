"""The legal forms of companies, so that a name compares without them (own table, after the states' company laws).

Each canonical form has its spellings as folded words with ``&`` for any "and"; runs of single letters are one word
(``G.m.b.H.`` is ``gmbh``).
"""

_SPELLINGS: dict[str, str] = {
    # Germany, Austria, Switzerland
    "gmbh": "gmbh | mbh | gesmbh | ges mbh | gesellschaft mbh | gesellschaft mit beschraenkter haftung | gmbhr",
    "ggmbh": "ggmbh | gemeinnuetzige gmbh",
    "gmbh & co kg": "gmbh & co kg | gmbh & cokg | gmbh co kg | gmbh cokg | gmbh & kg | gmbh & co | gmbh & cie kg"
    " | mbh & co kg | mbh & co | gesmbh & co kg | gmbh & compagnie kg | gmbhcokg | gmbh & co kommanditgesellschaft",
    "gmbh & co ohg": "gmbh & co ohg | gmbh co ohg",
    "gmbh & co kgaa": "gmbh & co kgaa | gmbh co kgaa",
    "ug": "ug | ug haftungsbeschraenkt | unternehmergesellschaft | unternehmergesellschaft haftungsbeschraenkt",
    "ug & co kg": "ug & co kg | ug haftungsbeschraenkt & co kg | ug co kg",
    "ag": "ag | aktiengesellschaft",
    "ag & co kg": "ag & co kg | ag co kg",
    "ag & co kgaa": "ag & co kgaa | ag co kgaa",
    "se": "se | societas europaea",
    "se & co kg": "se & co kg | se co kg",
    "se & co kgaa": "se & co kgaa | se co kgaa",
    "kgaa": "kgaa | kommanditgesellschaft auf aktien",
    "kg": "kg | kommanditgesellschaft | co kg | & co kg | & cie kg",
    "ohg": "ohg | offene handelsgesellschaft | & co ohg | oeg | og",
    "gbr": "gbr | gesellschaft buergerlichen rechts | gdbr | egbr",
    "ek": "ek | ekfm | ekfr | eingetragener kaufmann | eingetragene kauffrau | eu",
    "ev": "ev | eingetragener verein | nev",
    "eg": "eg | eingetragene genossenschaft | gen | egen",
    "partg": "partg | partg mbb | partgmbb | partnerschaft | partnerschaftsgesellschaft | mbb",
    "stiftung": "stiftung | stiftung des oeffentlichen rechts",
    "koer": "koer | kdoer | anstalt des oeffentlichen rechts | aoer | adoer | koerperschaft des oeffentlichen rechts",
    "vvag": "vvag | versicherungsverein auf gegenseitigkeit",
    "sagl": "sagl",
    # English-speaking countries
    "ltd": "ltd | limited | co ltd | company limited | co limited | private limited company | ltd co | ltda",
    "pty ltd": "pty ltd | pty limited | proprietary limited | pty",
    "pte ltd": "pte ltd | pte limited",
    "pvt ltd": "pvt ltd | private limited | private ltd | pvt limited | p ltd",
    "plc": "plc | public limited company",
    "llc": "llc | limited liability company | lc",
    "llp": "llp | limited liability partnership",
    "lp": "lp | limited partnership",
    "inc": "inc | incorporated",
    "corp": "corp | corporation",
    "co": "co | & co | company | & company | cie | & cie | & cia | compagnie | & compagnie",
    "dac": "dac | designated activity company",
    "cic": "cic | community interest company",
    # Romance-speaking countries
    "sa": "sa | societe anonyme | sociedad anonima | sociedade anonima | sau",
    "sarl": "sarl | societe a responsabilite limitee | eurl",
    "sas": "sas | sasu | societe par actions simplifiee",
    "snc": "snc | societe en nom collectif | societa in nome collettivo",
    "sci": "sci",
    "scop": "scop",
    "spa": "spa | societa per azioni",
    "srl": "srl | srls | societa a responsabilita limitata | sociedad de responsabilidad limitada | sprl",
    "ss": "sapa",
    "sl": "sl | slu | sociedad limitada",
    "lda": "lda | limitada | unipessoal lda",
    "eireli": "eireli",
    "sa de cv": "sa de cv",
    "asbl": "asbl | vzw",
    # The Netherlands, Belgium, the North
    "bv": "bv | besloten vennootschap | bvba",
    "nv": "nv | naamloze vennootschap",
    "vof": "vof | vennootschap onder firma",
    "cv": "cv",
    "ab": "ab | aktiebolag | aktiebolaget",
    "hb": "hb | handelsbolag",
    "as": "as | aksjeselskap | aktieselskab",
    "asa": "asa",
    "aps": "aps | anpartsselskab",
    "is": "i s | interessentskab",
    "oy": "oy | oyj | osakeyhtioe | oy ab",
    "ou": "oue | ou",
    "hf": "ehf",
    # Middle and Eastern Europe
    "sp zoo": "sp zoo | sp z oo | spzoo | spolka zoo | spolka z ograniczona odpowiedzialnoscia | spolka z oo",
    "sp k": "sp k | spk | spolka komandytowa | sp zoo sp k | sp z oo sp k",
    "sp j": "sp j | spj | spolka jawna",
    "spolka akcyjna": "spolka akcyjna",
    "sro": "sro | spol sro | spolecnost s rucenim omezenym",
    "doo": "doo",
    "dd": "dd",
    "kft": "kft | korlatolt feleloessegue tarsasag",
    "bt": "bt",
    "zrt": "zrt | nyrt",
    "uab": "uab",
    "sia": "sia",
    "ood": "ood | eood",
    "ead": "ead",
    "ooo": "ooo | obshchestvo s ogranichennoi otvetstvennostyu",
    "zao": "zao | oao | pao | ao",
    "tov": "tov",
    "ike": "ike | epe",
    "ae": "anonymi etaireia",
    # Turkey, Asia
    "as ti": "ltd sti | limited sirketi | anonim sirketi",
    "sdn bhd": "sdn bhd | bhd | berhad",
    "tbk": "tbk",
    "kk": "kk | kabushiki kaisha | kabushiki gaisha",
    "fzco": "fzco | fze | fzllc",
}

CANONICAL: dict[tuple[str, ...], str] = {
    tuple(spelling.split()): canonical
    for canonical, spellings in _SPELLINGS.items()
    for spelling in spellings.split("|")
}
"""Canonical form by its words."""

LONGEST = max(len(spelling) for spelling in CANONICAL)

IN_FRONT = frozenset({"uab", "ooo", "zao", "sia", "tov", "stiftung", "sarl", "sas", "sci", "ab", "oy", "asbl", "sa"})
"""Canonical forms that also stand before a name."""

ANYWHERE = frozenset(
    each for each in _SPELLINGS if each.startswith(("gmbh", "ug &", "ag &", "se &")) or each in {"ggmbh", "pty ltd"}
)
"""Canonical forms that cannot be anything else, so they are cut inside a name as well (``X GmbH, Werk Y``)."""
