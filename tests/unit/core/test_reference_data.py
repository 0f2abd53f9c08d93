# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which texts name a country or a state."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.countries import OTHER_NAMES, find, plain
from exchange_contact_sync.core.reference_data import ReferenceData
from exchange_contact_sync.core.text import fold
from support.fakes.partners import REFERENCE_DATA
from support.rows import for_each_row


@for_each_row("text", ["DE", "de", "GERMANY", "  germany", "Germany."])
def test_a_country_is_known_by_all_its_names(text: str):
    assert REFERENCE_DATA.country(text) == "DE"


@for_each_row("text", ["", "Atlantis", "Ger many"])
def test_other_words_are_not_countries(text: str):
    assert REFERENCE_DATA.country(text) == ""


NAMED = {
    "AE": "United Arab Emirates",
    "BA": "Bosnia and Herzegovina",
    "CA": "Canada",
    "CD": "Democratic Republic of the Congo",
    "CG": "Congo",
    "CI": "Côte d'Ivoire",
    "CN": "China",
    "CZ": "Czech Republic",
    "DE": "Germany",
    "DO": "Dominican Republic",
    "FR": "France",
    "GB": "United Kingdom",
    "GE": "Georgia",
    "IE": "Ireland",
    "IR": "Iran",
    "KP": "North Korea",
    "KR": "South Korea",
    "LC": "Saint Lucia",
    "MH": "Marshall Islands",
    "NL": "Netherlands",
    "RU": "Russian Federation",
    "SV": "El Salvador",
    "TW": "Taiwan",
    "US": "United States",
    "ZA": "South Africa",
}
FOREIGN = {"Tchéquie": "CZ", "République tchèque": "CZ", "Österreich": "AT"}
WORLD = ReferenceData(
    {
        form(text): code
        for text, code in (*((name, code) for code, name in NAMED.items()),
            *((code, code) for code in NAMED), *FOREIGN.items())
        for form in (fold, plain)
    },
    {("DE", "bayern"): "DE-BY"},
    lambda: {("DE", "by"): "DE-BY", ("", "bayern"): "DE-BY"},
)  # fmt: skip

WRITTEN = {
    "US": "U.S.A.;U. S. A.;USA;usa;U.S.;United States of America;America;the States;"
    "The United States;United States (USA);USA, United States;EE.UU.;США",
    "NL": "The Netherlands;Netherlands, The;Netherlands (the);Holland;HOLLAND;"
    "Kingdom of the Netherlands;Holland / Netherlands;Holland (Netherlands)",
    "GB": "England;Scotland;Wales;Northern Ireland;N. Ireland;N.Ireland;Great Britain;"
    "Gt. Britain;Britain;U.K.;UK;England, UK;Northern Ireland (UK);Angleterre;"
    "Großbritannien;Англия;UK - England;Écosse",
    "AE": "UAE;U.A.E.;Emirates;The United Arab Emirates;U. A. E.",
    "CZ": "Czech Rep.;Czech Rep;Czech;Czechia;Rép. tchèque;Rep. Tchèque;"
    "The Czech Republic",
    "DE": "Germany.;Federal Republic of Germany;Fed. Rep. of Germany;BRD;West Germany;"
    "Deutschland;Bundesrepublik Deutschland",
    "KR": "Korea;S. Korea;Republic of Korea;Korea, Republic of;Korea (South)",
    "KP": "N. Korea;Korea, Democratic People's Republic of;DPRK;Korea, North",
    "CN": "P.R. China;PRC;People's Republic of China;China, People's Republic of",
    "TW": "Republic of China;R.O.C.;Taiwan, R.O.C.",
    "CD": "DR Congo;D.R. Congo;Congo, The Democratic Republic of the;Zaire;DRC",
    "CG": "Congo;Republic of the Congo;Congo-Brazzaville",
    "CI": "Cote d'Ivoire;Côte d’Ivoire;Ivory Coast;The Ivory Coast",
    "IR": "Iran (Islamic Republic of);Islamic Republic of Iran;Persia",
    "IE": "Eire;Éire;Republic of Ireland;Rep. of Ireland;Ireland, Republic of",
    "DO": "Dom. Rep.;Dominican Rep.;The Dominican Republic",
    "BA": "Bosnia;Bosnia & Herzegovina;Bosnia-Herzegovina;Bosnia and Herz.",
    "FR": "Republic of France;French Republic;La France",
    "LC": "St. Lucia;St Lucia",
    "MH": "Marshall Is.;The Marshall Islands",
    "RU": "Russia;Россия;РФ;Российская Федерация",
    "SV": "El Salvador;Salvador;Republic of El Salvador",
    "ZA": "RSA;S. Africa;S.Africa;Republic of South Africa",
    "AT": "Oesterreich;Osterreich",
    "": "Atlantis;the;The;.;Georgia, USA;USA/Canada;Europe;Soviet Union;Rep.;Hol;B.;"
    "Kiribati;United;United Republic of;Islands",
}


@for_each_row("code", WRITTEN)
def test_a_country_is_found_however_people_write_it(code: str):
    texts = WRITTEN[code].split(";")
    assert {text: WORLD.country(text) for text in texts} == dict.fromkeys(texts, code)


def test_each_other_name_means_one_country():
    everywhere = {code.lower(): code for code in OTHER_NAMES}
    for code, names in OTHER_NAMES.items():
        found = {name: find(name, everywhere) for name in names.split("; ")}
        assert found == dict.fromkeys(found, code)


def test_only_countries_of_this_odoo_are_found():
    assert ReferenceData({"germany": "DE"}, {}).country("Holland") == ""


@given(st.text())
def test_any_text_can_be_searched_for(text: str):
    assert WORLD.country(text) in {*NAMED, "AT", ""}


STATES = [
    ("BY", "Germany", "BY"),
    ("bavaria", "de", "BY"),
    ("New York", "US", "NY"),
    ("Bavaria", "US", ""),
    ("Bavaria", "", ""),
    ("Bavaria", "Atlantis", ""),
    ("", "Germany", ""),
]


@for_each_row(("state", "country", "code"), STATES)
def test_a_state_belongs_to_its_country(state: str, country: str, code: str):
    assert REFERENCE_DATA.state(state, country) == code


ALONE = [
    ("Bayern", "", "DE-BY"),
    (" bayern ", " ", "DE-BY"),
    ("BY", "", ""),
    ("Bayern", "Atlantis", ""),
    ("BY", "Deutschland", "DE-BY"),
    ("B.Y.", "Germany", "DE-BY"),
]


@for_each_row(("state", "country", "code"), ALONE)
def test_a_state_alone_is_found_if_it_is_the_only_one(state, country, code):
    assert WORLD.state(state, country) == code


@given(st.text())
def test_folding_is_stable(text: str):
    assert fold(fold(text)) == fold(text)
