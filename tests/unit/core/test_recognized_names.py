# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names of people and companies are recognized in all their spellings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.fields import NAME_PARTS
from exchange_contact_sync.core.names import (
    canonical_name,
    composed,
    evidence_for,
    evidence_of,
    folded,
    full_name,
    generation,
    less_full,
    recognized_words,
    split,
)
from exchange_contact_sync.core.normalize import company, recognized_company
from exchange_contact_sync.core.recognized_names import (
    one_lacks_legal_form,
    without_legal_form,
)
from exchange_contact_sync.core.text import levelled
from support.rows import for_each_row

ONE_PERSON = {
    ("anna", "schmidt"): """
        Anna Schmidt | Schmidt, Anna | anna schmidt | ANNA SCHMIDT | SCHMIDT, Anna
        Dr. Anna Schmidt | Dr Anna Schmidt | DR. ANNA SCHMIDT | Schmidt, Dr. Anna
        Dr. Schmidt, Anna | Schmidt, Anna, Dr. | Schmidt, Anna Dr. | Frau Anna Schmidt
        Frau Dr. Anna Schmidt | Fr. Dr. Anna Schmidt | Ms. Anna Schmidt
        Mrs Anna Schmidt | Miss Anna Schmidt | Mx. Anna Schmidt | Prof. Anna Schmidt
        Prof. Dr. Anna Schmidt | Prof.Dr. Anna Schmidt | Prof. Dr. Dr. Anna Schmidt
        Prof. Dr. Dr. h.c. Anna Schmidt | Prof. Dr. Dr. h. c. mult. Anna Schmidt
        Dr. med. Anna Schmidt | Dr. med. dent. Anna Schmidt | Prof.Dr.med. Anna Schmidt
        PD Dr. rer. nat. habil. Anna Schmidt | Priv.-Doz. Dr. Anna Schmidt
        Dr. phil. Anna Schmidt | Dr. iur. Anna Schmidt | Dr.-Ing. Anna Schmidt
        Dipl.-Ing. Anna Schmidt | Dipl. Ing. Anna Schmidt | Dipl.-Ing. (FH) Anna Schmidt
        Dipl.-Kffr. Anna Schmidt | Dipl.-Inform. Anna Schmidt | Mag. Anna Schmidt
        Mag.a Anna Schmidt | Ing. Anna Schmidt | DI (FH) Anna Schmidt
        Univ.-Prof. Mag. Dr. Anna Schmidt | Hofrat Dr. Anna Schmidt
        Anna Schmidt, M.Sc. | Anna Schmidt M.Sc. | Anna Schmidt, MSc | Anna Schmidt MSc
        Anna Schmidt, M. Sc. | anna schmidt, msc | Anna Schmidt, Ph.D.
        Anna Schmidt PhD
        Anna Schmidt, Ph. D. | Schmidt, Anna, PhD | Schmidt, Anna M.Sc.
        Anna Schmidt, M.A. | Anna Schmidt M.A. | Anna Schmidt MA | Anna Schmidt, B.A.
        Anna Schmidt, LL.M. | Anna Schmidt LL. M. | Anna Schmidt, MBA, LL.M.
        Anna Schmidt, CPA | Anna Schmidt, CISSP, PMP | Anna Schmidt, MD
        Anna Schmidt, M.D. | Anna Schmidt, Esq. | Anna Schmidt, OBE | Anna Schmidt, RN
        Anna Schmidt, B.Eng. (Hons) | Anna Schmidt, FRCPath | Anna Schmidt, MdB
        Dr. Anna Schmidt, MBA | Dr. Anna Schmidt, M.Sc. (TUM) | Anna Schmidt, StB
        Schmidt, Anna (Sales) | Anna Schmidt (Sales) | Schmidt, Anna [EXT]
        Schmidt, Anna (Human Resources, EMEA) | Schmidt, Anna {extern}
        Schmidt, Anna EXT | Anna Schmidt (ext.) | Schmidt (Sales), Anna
        Schmidt, Anna - Sales | Schmidt, Anna – Human Resources | Anna Schmidt \\| Acme
        Anna (Annie) Schmidt | Anna Schmidt（営業） | Anna  Schmidt | Anna\u00a0Schmidt
        \u200eAnna Schmidt\u200f | An\u00adna Schmidt | \ufeffAnna Schmidt
        Mme Anna Schmidt | Mlle Anna Schmidt
        Docteur Anna Schmidt | Pr. Anna Schmidt | M. Anna Schmidt | Me Anna Schmidt
        Sra. Anna Schmidt | Srta. Anna Schmidt | Dra. Anna Schmidt | Dña. Anna Schmidt
        Doña Anna Schmidt | Lic. Anna Schmidt | Arq. Anna Schmidt | Profa. Anna Schmidt
        Dott.ssa Anna Schmidt | Sig.ra Anna Schmidt | Avv. Anna Schmidt
        Prof.ssa Anna Schmidt | Arch. Anna Schmidt | Dr.ssa Anna Schmidt
        Mevr. Anna Schmidt | Mw. drs. Anna Schmidt | Dhr. Anna Schmidt
        Prof. dr. ir. Anna Schmidt | ing. Anna Schmidt | Drs. Anna Schmidt
        Pani Anna Schmidt | mgr Anna Schmidt | mgr inż. Anna Schmidt
        dr hab. Anna Schmidt | prof. dr hab. inż. Anna Schmidt | lek. med. Anna Schmidt
        Ing. Anna Schmidt, Ph.D., CSc. | Mgr. Anna Schmidt | MUDr. Anna Schmidt
        doc. RNDr. Anna Schmidt, DrSc. | JUDr. Anna Schmidt, Ph.D. | Anna Schmidt, DiS.
        Ing. arch. Anna Schmidt | Bc. Anna Schmidt | paní Anna Schmidt
        Eng.ª Anna Schmidt | Dra. Anna Schmidt | Profª Anna Schmidt | Dona Anna Schmidt
        Anna Schmidt, geb. Müller | Anna Schmidt geb. Müller | Anna Schmidt, née Dupont
        Anna Schmidt (geb. Müller) | Schmidt, Anna, geborene Müller
        Schmidt, Dr. Anna, MBA
        г-жа Anna Schmidt | д-р Anna Schmidt | Anna Schmidt, к.т.н.
        Lt. Col. Anna Schmidt | Rev. Anna Schmidt | Hon. Anna Schmidt
        Sen. Anna Schmidt | Dame Anna Schmidt | Prof. Anna Schmidt Ph.D.
    """,
    ("jurgen", "strauss"): """
        Jürgen Strauß | JÜRGEN STRAUSS | Juergen Strauss | STRAUẞ, Jürgen
        Jurgen Strauss | Ju\u0308rgen Strauß
    """,
    ("иван", "иванов"): """
        Иван Иванов | иван иванов | Иванов, Иван | г-н Иван Иванов | проф. Иван Иванов
        Иван Иванов, д.т.н. | Иван Иванов, к. т. н. | Иван Иванов, канд. техн. наук
        акад. Иван Иванов | Господин Иван Иванов | инж. Иван Иванов
    """,
    ("семен", "алешин"): "Семён Алёшин | Семен Алешин | Алешин, Семён",
    ("jose", "garcia", "marquez"): """
        José García Márquez | JOSE GARCIA MARQUEZ | García Márquez, José
        Sr. José García Márquez | Don José García Márquez | D. José García Márquez
        Ing. José García Márquez | Dr. José García-Márquez
    """,
    ("jan", "van", "der", "berg"): """
        Jan van der Berg | van der Berg, Jan | Ir. Jan van der Berg
        De heer Jan van der Berg
    """,
    ("lukasz", "zolc"): "Łukasz Żółć | ŁUKASZ ŻÓŁĆ | Lukasz Zolc | dr Łukasz Żółć",
    (
        "ibrahim",
        "isik",
    ): "İbrahim Işık | ibrahim ışık | IBRAHIM ISIK | Sayın İbrahim Işık",
    ("soren", "kjar"): "Søren Kjær | Soeren Kjaer | SØREN KJÆR",
    ("sean", "oneil"): "Seán O'Neil | Sean O’Neil | sean oneil | SEAN O`NEIL",
    (
        "李",
        "小",
        "龍",
    ): "李小龍 | 李 小龍 | 龍, 李小 | 李小龍先生 | 李小龍 様 | 李小龍 (営業)",
    ("김", "철", "수"): "김철수 | 김 철수 | 김철수님",
    ("γιωργοσ", "παππασ"): "Γιώργος Παππάς | ΓΙΩΡΓΟΣ ΠΑΠΠΑΣ | Παππάς, Γιώργος",
    ("محمد", "علیرضا"): "محمد علی\u200cرضا | محمد عليرضا | مُحَمَّد علی‌رضا",
    ("don", "johnson"): "Don Johnson | Johnson, Don",
    ("dean", "ma"): "Dean Ma | Ma, Dean | Dean MA",
    ("amartya", "sen"): "Amartya Sen | Sen, Amartya",
    ("m", "a", "smith"): "Smith, M.A. | M. A. Smith | M.A. Smith",
    ("j", "r", "r", "tolkien"): "J.R.R. Tolkien | J. R. R. Tolkien | Tolkien, J.R.R.",
    ("di", "maria"): "Di Maria",
    ("schmidt",): "Dr. Schmidt | Frau Schmidt | Schmidt | Herr Schmidt",
    ("dr",): "Dr. | dr",
    ("service",): "Service | service | SERVICE",
    (): " | , | \u200b",
}


def spellings(text: str) -> list[str]:
    """Alternatives between bars; a bar of the name itself has a backslash before it."""
    rows = text.replace("\\|", "\0").replace("\n", "|").split("|")
    return [row.strip(" ").replace("\0", "|") for row in rows if row.strip(" ")]


def test_a_person_is_the_same_however_the_name_is_written():
    wrong = {
        text: recognized_words(text)
        for words, texts in ONE_PERSON.items()
        for text in spellings(texts)
        if sorted(recognized_words(text)) != sorted(words)
        or folded(text) != " ".join(sorted(words))
    }
    assert not wrong


DIFFERENT = """
    Anna Schmidt / Anna Schmied; Anna Schmidt / Hanna Schmidt; Jack Ma / Jack;
    Joe Smith / Jo Smith; Karl Bauer / Karl Baur; Michael Novak / Michal Novak;
    Manuel Rey / Manul Rey; Don Johnson / Johnson; Anna Sen / Anna; がく / かく;
    Kim Jun / Kim; Max Major / Max; Dean Martin / Martin; राम / रम; Noel May / Nol May
"""


def test_people_with_different_names_are_different():
    pairs = [pair.split("/") for pair in DIFFERENT.replace("\n", " ").split(";")]
    assert not [(one, other) for one, other in pairs if folded(one) == folded(other)]


GENERATIONS = {
    "jr": """Karl Huber jun. | Karl Huber Jr. | Karl Huber, Jr. | Huber, Karl, Jr.
        Huber jun., Karl | Karl Huber JR | Karl Huber Junior | Karl Huber d. J.
        Karl Huber mł. | Karl Huber ml. | Karl Huber мл. | Karl Huber Filho
        Karl Huber, Jr., PhD | Dr. Karl Huber jun.""",
    "sr": """Karl Huber sen. | Karl Huber Sr. | Karl Huber, Sr. | Karl Huber Senior
        Karl Huber st. | Karl Huber ст. | Huber, Karl Sr.""",
    "ii": "Karl Huber II | Karl Huber, II",
    "iii": "Karl Huber III | Huber, Karl III | Karl Huber 3rd",
    "iv": "Karl Huber IV",
    "": "Karl Huber | Dr. Karl Huber | Huber, Karl (V) | Karl Huber, MBA",
}


def test_what_distinguishes_a_father_from_a_son_is_no_word_of_the_name():
    for expected, texts in GENERATIONS.items():
        for text in spellings(texts):
            assert (text, generation(text)) == (text, expected)
            assert (text, folded(text)) == (text, "huber karl")
    assert generation("Anna Junior") == generation("Sr. José García") == ""
    assert generation("Nguyen Thi Vi") == generation("Kim Jun") == ""


COMPANIES = {
    "acme": """Acme | ACME | acme | Acme GmbH | ACME Gesellschaft mbH | Acme G.m.b.H.
        Acme Gesellschaft mit beschränkter Haftung | Acme GmbH & Co. KG | Acme & Co. KG
        Acme AG | Acme KGaA | Acme OHG | Acme UG (haftungsbeschränkt) | Acme SE
        Acme eG
        Acme e.K. | Acme, Inc. | Acme Inc | Acme Incorporated | Acme Corp. | Acme LLC
        Acme L.L.C. | Acme Co. | Acme Co., Ltd. | Acme Company | Acme Ltd.
        Acme Limited
        Acme PLC | Acme LLP | Acme Pty Ltd | Acme Pvt. Ltd. | Acme Pte. Ltd.
        Acme Sdn. Bhd. | Acme S.A. | Acme SA | Acme S. A. | Acme SARL | Acme S.à r.l.
        Acme SAS | Acme S.L. | Acme S.A. de C.V. | Acme S.p.A. | Acme SpA | Acme S.r.l.
        Acme B.V. | Acme BV | Acme N.V. | Acme V.O.F. | Acme Sp. z o.o. | Acme sp.z o.o.
        Acme spol. s r.o. | Acme s.r.o. | Acme a.s. | Acme ApS | Acme A/S | Acme AB
        Acme Oy | Acme ASA | Acme Kft. | Acme Zrt. | Acme d.o.o. | Acme Lda.
        Acme Ltda.
        Acme S/A | Acme A.Ş. | Acme Ltd. Şti. | ООО «Acme» | ООО Acme | Acme, ООО
        АО "Acme" | UAB Acme | Acme, UAB | PT Acme Tbk | SARL Acme | Acme K.K.
        株式会社Acme | Acme株式会社 | Acme（株） | ㈱Acme | Acme有限公司 | (주)Acme
        \u200eAcme GmbH\u200f | "Acme" GmbH""",
    "muller sohne": "Müller & Söhne GmbH | Mueller & Soehne | MÜLLER & SÖHNE AG",
    "acme north": "Acme North GmbH | Acme North Ltd",
    "acme holding": "Acme Holding AG | Acme Holding",
    "ag": "AG",
    "gmbh": "GmbH",
    "": " ",
}


def test_a_company_is_the_same_with_and_without_its_legal_form():
    for form, texts in COMPANIES.items():
        for text in spellings(texts) or [texts]:
            assert (text, recognized_company(text)) == (text, form)


@for_each_row(
    ("one", "other", "expected"),
    [
        ("Acme", "ACME GmbH", "Acme"),
        ("ООО Ромашка", "Ромашка", "Ромашка"),
        ("Acme", "acme", ""),
        ("Acme AG", "Acme GmbH", ""),
        ("Acme", "Acme Holding", ""),
        ("Acme", "", ""),
        ("", "", ""),
    ],
)
def test_the_short_name_of_a_company_lacks_its_legal_form(one, other, expected):
    assert without_legal_form(one, other) == without_legal_form(other, one) == expected
    assert one_lacks_legal_form(one, other) is bool(expected)


def test_companies_are_matched_by_the_whole_name():
    assert company("Acme GmbH") != company("Acme AG") != company("Acme")


SPLIT = [
    # name, title, given, middle, surname, suffix
    ("Dr. Anna Schmidt", "Dr.", "Anna", "", "Schmidt", ""),
    ("Anna Schmidt, M.Sc.", "", "Anna", "", "Schmidt", "M.Sc."),
    ("John Smith, CPA", "", "John", "", "Smith", "CPA"),
    ("Mag. Anna Gruber", "Mag.", "Anna", "", "Gruber", ""),
    (
        "Prof. Dr. Dr. h.c. Anna Schmidt",
        "Prof. Dr. Dr. h.c.",
        "Anna",
        "",
        "Schmidt",
        "",
    ),
    ("Dipl.-Ing. (FH) Anna Schmidt", "Dipl.-Ing. (FH)", "Anna", "", "Schmidt", ""),
    ("Schmidt, Dr. Anna", "Dr.", "Anna", "", "Schmidt", ""),
    ("Dr. Schmidt, Anna Maria", "Dr.", "Anna", "Maria", "Schmidt", ""),
    ("Schmidt, Anna (Sales)", "", "Anna", "", "Schmidt", "(Sales)"),
    ("Anna Schmidt (Sales, EMEA)", "", "Anna", "", "Schmidt", "(Sales EMEA)"),
    ("Ing. Jan Novák, Ph.D., CSc.", "Ing.", "Jan", "", "Novák", "Ph.D. CSc."),
    ("Smith, John, Jr.", "", "John", "", "Smith", "Jr."),
    ("Иванов Иван Иванович, к.т.н.", "к.т.н.", "Иван", "Иванович", "Иванов", ""),
    ("Dr. Jan van der Berg, MBA", "Dr.", "Jan", "", "van der Berg", "MBA"),
    ("Anna Schmidt, geb. Müller", "", "Anna", "", "Schmidt", "geb. Müller"),
    ("Don Johnson", "", "Don", "", "Johnson", ""),
    ("Jack Ma", "", "Jack", "", "Ma", ""),
    ("Dr.", "", "Dr.", "", "", ""),
]


def test_titles_and_credentials_are_neither_given_name_nor_surname():
    for name, *parts in SPLIT:
        found = {key: " ".join(text.split()) for key, text in split(name).items()}
        assert (name, found) == (name, dict(zip(NAME_PARTS, parts, strict=True)))


def known(**parts: str) -> dict[str, str]:
    shown = parts.pop("shown", " ".join(parts.values()))
    return {**parts, "display_name": shown}


KEPT = [
    # what Exchange has, the new name, what is sent of the parts
    (
        known(given_name="Ana", surname="García Márquez"),
        "Dra. Ana García Márquez, M.Sc.",
        {"title": "Dra.", "suffix": "M.Sc."},
    ),
    (
        known(title="Dr.", given_name="Ana", surname="García Márquez"),
        "Prof. Dr. Ana García Márquez",
        {"title": "Prof. Dr."},
    ),
    (
        known(title="Dr.", given_name="Ana", surname="García Márquez"),
        "Ana García Márquez",
        {"title": ""},
    ),
    (
        known(title="Kapitän", given_name="Ana", surname="García Márquez"),
        "Kapitän Eva García Márquez",
        {"given_name": "Eva"},
    ),
    (
        known(title="Dr.", given_name="Anna", surname="Schmidt"),
        "Eva Anna Schmidt",
        {"title": "", "given_name": "Eva", "middle_name": "Anna"},
    ),
    (
        known(given_name="Anna", surname="Schmidt", suffix="M.Sc."),
        "Anna Schmidt, Ph.D.",
        {"suffix": "Ph.D."},
    ),
]


def test_adding_or_removing_a_title_keeps_the_name():
    for there, name, sent in KEPT:
        found = evidence_for(name, there)
        parts = {key: text for key, text in found.items() if key in NAME_PARTS}
        assert (name, parts) == (name, sent)


IN_STEP = [
    # what Exchange has, and the name in Odoo that is the same
    (known(title="Dr.", given_name="Anna", surname="Schmidt", shown="Anna Schmidt"), 0),
    (
        known(title="Dr.", given_name="Anna", surname="Schmidt", shown="Schmidt, Anna"),
        0,
    ),
    (known(title="Dr.", given_name="Anna", surname="Schmidt"), 0),
    (known(given_name="Anna", surname="Schmidt", suffix="M.Sc."), 1),
    (known(given_name="Anna", surname="Schmidt", shown="Anna Schmidt, M.Sc."), 1),
    (known(given_name="Anna", surname="Schmidt", shown="Schmidt, Anna (Sales)"), 2),
    (known(given_name="An\u00adna", surname="Schmidt\u200f"), 2),
]


def test_a_name_with_its_title_in_a_part_of_its_own_is_the_same_name():
    names = ("Dr. Anna Schmidt", "Anna Schmidt, M.Sc.", "Anna Schmidt")
    for there, which in IN_STEP:
        name = names[which]
        assert canonical_name(full_name(there, {})) == canonical_name(name)


LESS = [
    ("Anna Schmidt", "Dr. Anna Schmidt", "Anna Schmidt"),
    ("Anna Schmidt, M.Sc.", "Schmidt, Anna", "Schmidt, Anna"),
    ("Dr. Anna Schmidt", "Prof. Dr. Anna Schmidt", "Dr. Anna Schmidt"),
    ("Dr. Anna Schmidt", "Anna Schmidt, M.Sc.", ""),
    ("Anna Schmidt", "Anna Schmidt", ""),
    ("Anna Schmidt", "Anna Schmidt (Sales)", ""),
    ("Karl Huber sen.", "Karl Huber", ""),
    ("Anna Schmidt", "Dr. Eva Schmidt", ""),
    ("", "Dr. Anna Schmidt", ""),
]


def test_which_name_lacks_a_title_of_the_other():
    for one, other, less in LESS:
        assert less_full(one, other) == less_full(other, one) == less


WORDS = st.sampled_from(
    "Dr. Prof. h. c. Mag. Dipl.-Ing. (FH) (Sales) [EXT] Anna Jo von der Schmidt Jr."
    " PhD M.Sc. MA , , - | Don Ма 李 小龍 Müller Mueller Иванович O'Neil Sr. V".split()
)
NAMES = st.lists(WORDS, max_size=7).map(" ".join) | st.text(max_size=25)


@given(NAMES)
def test_the_forms_of_names_are_stable(name: str):
    assert levelled(levelled(name)) == levelled(name)
    assert canonical_name(canonical_name(name)) == canonical_name(name)
    assert recognized_company(recognized_company(name)) == recognized_company(name)
    assert folded(name) == " ".join(sorted(recognized_words(name)))


OWN = st.sampled_from(["Anna", "Łukasz", "Jürgen", "García", "O'Neil", "Иван", "Li"])
BEFORE = st.lists(st.sampled_from(["Dr.", "Prof.", "Mag.", "Mme", "Dipl.-Ing.", "г-н"]))
AFTER = st.lists(st.sampled_from(["PhD", "M.Sc.", "CSc.", "CPA", "(Sales)", "[EXT]"]))


@given(OWN, OWN, BEFORE, AFTER, st.booleans())
def test_text_around_a_name_is_not_part_of_it(given, own, before, after, turn):
    title, suffix = " ".join(before), ", ".join(after)
    name = f"{own}, {title} {given}" if turn else f"{title} {given} {own}"
    assert folded(f"{name}, {suffix}") == folded(f"{given} {own}")


@given(NAMES)
def test_no_word_is_lost_however_many_titles_there_are(name: str):
    words = name.replace(",", " ").split()
    there = evidence_for(name, {})
    if len(words) == len(canonical_name(name).split()):
        assert sorted(composed(split(name)).split()) == sorted(
            canonical_name(name).split()
        )
    if not set("()[]{}").intersection(name):  # what is aside counts by where it stands
        assert canonical_name(full_name(evidence_of(there), {})) == canonical_name(name)
