# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the country in a text: "U.S.A.", "The Netherlands", "Holland", "Czech Rep.".

Odoo and Unicode's CLDR have one name for each country and language. The table contains
other names that people write: short and former names, parts of the United Kingdom, the
names of countries in their own languages. Articles, dots, accents and forms of state
("Republic of") are ignored, and an abbreviation with a dot matches each word that
begins with it.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from .text import fold, line

OTHER_NAMES = {
    "AE": "uae; emirates; vae; оаэ; арабские эмираты",
    "AG": "antigua",
    "AT": "oesterreich; osterreich; republik osterreich",
    "AU": "commonwealth of australia",
    "BA": "bosnia; bosnia herzegovina; bosnien; bih",
    "BE": "belgie; belgique; belgien",
    "BJ": "dahomey",
    "BR": "brasil",
    "BY": "byelorussia; belorussia; white russia; weissrussland; bielorussie;"
    " белоруссия",
    "CD": "democratic republic of the congo; democratic republic of congo; dr congo;"
    " drc; rdc; congo kinshasa; zaire",
    "CG": "republic of the congo; republic of congo; congo brazzaville",
    "CH": "schweiz; suisse; svizzera; swiss confederation; confoederatio helvetica",
    "CI": "ivory coast; cote d ivoire; elfenbeinkuste; costa de marfil; costa d avorio",
    "CN": "people s republic of china; peoples republic of china; pr china; prc;"
    " mainland china; volksrepublik china; vr china; кнр",
    "CV": "cape verde; cabo verde; kapverden",
    "CZ": "czech republic; czechia; czech; ceska republika; cesko;"
    " tschechische republik; tschechei; republique tcheque; republica checa;"
    " repubblica ceca; чешская республика",
    "DE": "germany; deutschland; federal republic of germany; frg; brd;"
    " bundesrepublik deutschland; west germany; east germany; gdr; ddr; фрг",
    "DK": "danmark",
    "DO": "dominican republic; dom republic",
    "EE": "eesti",
    "ES": "espana; kingdom of spain; reino de espana",
    "FI": "suomi",
    "FR": "french republic; republique francaise; metropolitan france",
    "GB": "uk; england; scotland; wales; northern ireland; n ireland; north ireland;"
    " great britain; britain; united kingdom of great britain and northern ireland;"
    " grossbritannien; schottland; nordirland; angleterre; ecosse; pays de galles;"
    " irlande du nord; grande bretagne; inghilterra; scozia; galles; irlanda del nord;"
    " gran bretagna; inglaterra; escocia; gales; gran bretana; pais de gales;"
    " irlanda do norte; gra bretanha; engeland; schotland; noord ierland;"
    " groot brittannie; anglia; szkocja; walia; irlandia polnocna; wielka brytania;"
    " storbritannien; skottland; anglie; skotsko; англия; шотландия; уэльс;"
    " северная ирландия; великобритания",
    "GR": "hellas; hellenic republic; ellada",
    "HK": "hong kong; hongkong; hong kong sar",
    "HR": "hrvatska",
    "HU": "magyarorszag",
    "IE": "eire; republic of ireland; irish republic; southern ireland",
    "IN": "bharat",
    "IR": "islamic republic of iran; persia; persien; perse",
    "IT": "italia; italian republic; repubblica italiana",
    "JP": "nippon; nihon",
    "KG": "kirghizia; kirgizia; kyrgyz republic; киргизия",
    "KN": "saint kitts",
    "KP": "north korea; democratic people s republic of korea;"
    " democratic peoples republic of korea; dprk; кндр",
    "KR": "south korea; republic of korea; korea; rok",
    "LK": "ceylon",
    "LT": "lietuva",
    "LV": "latvija",
    "MD": "moldavia; молдавия",
    "MK": "macedonia; fyrom; former yugoslav republic of macedonia; mazedonien;"
    " macedoine; македония",
    "MM": "burma; birma; birmanie; birmania; бирма",
    "MO": "macau; macao",
    "NL": "netherlands; holland; hollande; holanda; olanda; nederland; голландия",
    "NO": "norge; noreg",
    "NZ": "aotearoa",
    "PG": "png",
    "PL": "polska",
    "PS": "palestine; palestinian territories; palestinian authority",
    "PT": "portuguese republic",
    "RU": "russian federation; russia; российская федерация; россия; рф",
    "SA": "ksa; saudi",
    "SE": "sverige",
    "SI": "slovenija",
    "SK": "slovak republic; slowakische republik; slovensko",
    "SZ": "swaziland; swasiland",
    "TH": "siam",
    "TL": "east timor; osttimor; timor oriental",
    "TR": "turkey; turkiye; turkei; turquie; turquia; turchia",
    "TT": "trinidad",
    "TW": "republic of china; roc; chinese taipei; formosa",
    "UA": "ukraina",
    "US": "usa; united states of america; united states; america; states; eeuu; ee uu;"
    " eua; etats unis d amerique; vereinigte staaten von amerika;"
    " estados unidos de america; stati uniti d america; verenigde staten van amerika;"
    " сша; америка; соединенные штаты америки",
    "VA": "vatican; vatican city; vatican city state; holy see; vatikan; vaticano",
    "VC": "saint vincent",
    "VN": "vietnam; viet nam",
    "ZA": "rsa; south africa",
    "ZW": "rhodesia",
}
"""Further names of countries, in the form of :func:`plain`, by ISO 3166-1 code."""

REMEMBERED = 16384
"""Enough for all names of countries and states in a few languages; each run needs
them."""

_ARTICLES = frozenset(
    "the la le les l el los las die der das il lo gli i o os a as het de den".split()
)
_SHORT = {
    "&": "and",
    "rep": "republic",
    "repub": "republic",
    "fed": "federal",
    "dem": "democratic",
    "utd": "united",
    "gt": "great",
    "st": "saint",
    "is": "islands",
    "isl": "islands",
    "s": "south",
    "n": "north",
}
_LETTERS = re.compile(r"\b\w(?: \w\b)+")
_NO_WORD = re.compile(r"[^\w&]+")
_FORM_OF_STATE = re.compile(
    r"(?:\w+ ){0,3}(?:republic|kingdom|state|states|commonwealth|principality|duchy"
    r"|sultanate|federation|confederation|emirate|union) of (?:the )?"
)
_PARTS = re.compile(r"[,/();]| - ")


@functools.lru_cache(maxsize=REMEMBERED)
def plain(text: str) -> str:
    """Return the name of a country without accents, dots and a leading article, and
    with common abbreviations written out.
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    folded = fold(letters)
    words = _NO_WORD.sub(" ", folded).replace("&", " and ").split()
    joined = _LETTERS.sub(lambda found: found[0].replace(" ", ""), " ".join(words))
    words = joined.split()
    while len(words) > 1 and words[0] in _ARTICLES:
        del words[0]
    while len(words) > 1 and words[-1] == "the":
        del words[-1]
    if len(words) > 1:
        words = [_SHORT.get(word, word) for word in words]
    return " ".join(words)


_BY_NAME = {
    plain(name): code
    for code, names in OTHER_NAMES.items()
    for name in names.split("; ")
}


def find(text: str, countries: Mapping[str, str]) -> str:
    """Find the country that a text names.

    :param text: as a person wrote it
    :param countries: by name or code, folded and plain, the ISO code; only these
        countries can be found
    :return: ISO code, "" if the text names none or several
    """
    text, known = line(text), frozenset(countries.values())
    for name in _readings(text):
        code = countries.get(name) or _BY_NAME.get(name, "")
        if code in known:
            return code
    return _only(_by_parts(text, countries)) or _only(_cut_short(text, countries))


@functools.lru_cache(maxsize=1024)
def _readings(text: str) -> tuple[str, ...]:
    """Return the forms of a text to search for, the most literal first."""
    name = plain(text)
    first, comma, rest = text.partition(",")
    turned = plain(f"{rest} {first}") if comma else name
    found = [fold(text), name, turned]
    for one in (name, turned):
        stripped = _FORM_OF_STATE.match(one)
        found += [one[stripped.end() :]] if stripped else []
    found.append(re.sub("([aou])e", r"\1", name))  # "Oesterreich"
    return tuple(filter(None, dict.fromkeys(found)))


def _by_parts(text: str, countries: Mapping[str, str]) -> Iterator[str]:
    """Search each part of "England, UK" and "Holland (Netherlands)"."""
    parts = [part.strip() for part in _PARTS.split(text)]
    if len(parts) > 1:
        yield from (find(part, countries) for part in parts if part)


def _cut_short(text: str, countries: Mapping[str, str]) -> Iterator[str]:
    """Search names with abbreviated words, which end with a dot: "Rép. tchèque". A
    single word has to be longer: "Ka." is no country.
    """
    words = [plain(word) + "." * word.endswith(".") for word in text.split()]
    shortest = 2 if len(words) > 1 else 3
    if not any(len(word) > shortest and word.endswith(".") for word in words):
        return
    known = frozenset(countries.values())
    for name, code in (*countries.items(), *_BY_NAME.items()):
        parts = plain(name).split()
        cut_short = len(parts) == len(words) and all(map(_begins, parts, words))
        if cut_short and code in known:
            yield code


def _begins(part: str, word: str) -> bool:
    return part.startswith(word[:-1]) if word.endswith(".") else part == word


def _only(codes: Iterable[str]) -> str:
    found = set(codes) - {""}
    return found.pop() if len(found) == 1 else ""
