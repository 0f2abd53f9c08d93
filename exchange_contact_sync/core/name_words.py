# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Words around a person's name that are not part of it, by language.

Words are compared without case, dots and hyphens: "MSc" also matches "M.Sc.". Three
rules depend on how an entry is written. An entry with spaces consists of several words.
A single word with a dot at its end matches only with a dot: "Sen." is a senator, "Sen"
a surname. In the tables of words that are also names, an entry in capitals matches only
in capitals.

``name_parts.py`` decides in which place each table applies.
"""

from __future__ import annotations

Words = dict[str, tuple[str, ...]]

TITLES: Words = {
    "en": (
        *("Mr", "Mrs", "Ms", "Miss", "Mx", "Messrs", "Dr", "Doctor", "Prof"),
        *("Professor", "Sir", "Dame", "Rev", "Reverend", "Hon.", "Msgr", "Rabbi"),
        *("Capt", "Captain", "Col.", "Colonel", "Lt", "Lieutenant", "Sgt"),
        *("Sergeant", "Cpl", "Cmdr", "Commander", "Brig.", "Engr", "Atty"),
        *("Senator", "Ambassador", "Assoc. Prof.", "Asst. Prof.", "Gen.", "Maj."),
        *("Adm.", "Sen.", "Rep.", "Gov.", "Amb.", "Eng."),
    ),
    "de": (
        *("Herr", "Frau", "Hr", "Fr.", "Frl", "Fräulein", "Dr", "Dres", "Prof"),
        *("PD", "Priv.-Doz.", "Privatdozent", "Privatdozentin", "Dipl", "Mag."),
        *("Mag.a", "Magister", "Magistra", "Ing.", "DI (FH)", "Bakk.", "Univ."),
        *("ao.", "apl.", "Jun.-Prof.", "KommR", "Hofrat", "RAin"),
    ),
    "fr": (
        *("Mme", "Mmes", "Mlle", "Mlles", "MM.", "Monsieur", "Madame"),
        *("Mademoiselle", "Docteur", "Pr.", "Professeur", "Maître", "Mgr"),
    ),
    "es": (
        *("Sr", "Sra", "Srta", "Sres", "Señor", "Señora", "Señorita", "Doña"),
        *("Dña", "Dª", "Dra", "Doctora", "Ing.", "Lic.", "Licda", "Licenciado"),
        *("Licenciada", "Ingeniero", "Ingeniera", "Arq.", "Profa", "Abog."),
        *("Mtro", "Mtra"),
    ),
    "it": (
        *("Sig.", "Sig.ra", "Sig.na", "Signor", "Signora", "Signorina", "Dott"),
        *("Dott.ssa", "Dr.ssa", "Dottore", "Dottoressa", "Avv", "Avvocato"),
        *("Prof.ssa", "Professoressa", "Arch.", "Rag.", "Geom.", "Egr.", "Spett."),
        *("Gent.mo", "Gent.ma", "On.", "Cav.", "Comm."),
    ),
    "nl": (
        *("Dhr", "Mevr", "Mw", "Mej.", "Mevrouw", "Meneer", "De heer", "Drs"),
        *("Ir.", "Ing.", "Ds.", "Jhr", "Jkvr", "Bc", "em."),
    ),
    "pl": (
        *("Pani", "Mgr", "Inż", "Lek.", "Lek. med.", "Lek. dent.", "Doc.", "Ks."),
        *("Adw.", "R. pr."),
    ),
    "cs": (
        *("Ing.", "Ing. arch.", "Mgr", "MgA", "Bc", "BcA", "MUDr", "MVDr"),
        *("MDDr", "JUDr", "PhDr", "RNDr", "PharmDr", "ThDr", "ThLic", "ThMgr"),
        *("PaedDr", "RSDr", "ICDr", "PhMr", "Doc.", "Paní", "Slečna"),
    ),
    "ru": (
        *("г-н", "г-жа", "господин", "госпожа", "д-р", "доктор", "проф"),
        *("профессор", "акад.", "академик", "доц.", "доцент", "инж", "канд"),
        *("тов.", "гр.", "к.т.н.", "к.э.н.", "к.м.н.", "к.ф.-м.н.", "к.ю.н."),
        *("к.п.н.", "к.ф.н.", "к.х.н.", "к.б.н.", "к.и.н.", "к.г.н.", "д.т.н."),
        *("д.э.н.", "д.м.н.", "д.ф.-м.н.", "д.ю.н.", "д.п.н.", "д.ф.н."),
        *("д.х.н.", "д.б.н.", "д.и.н.", "к. т. н.", "к. э. н.", "к. м. н."),
        *("д. т. н.", "д. э. н.", "д. м. н.", "канд. техн. наук"),
        *("канд. экон. наук", "канд. юрид. наук", "канд. мед. наук"),
        *("докт. техн. наук", "докт. экон. наук", "докт. мед. наук"),
    ),
    "uk": ("пані",),
    "pt": (
        *("Eng.º", "Eng.ª", "Enga", "Prof.ª", "Arq.ª", "Exmo", "Exma", "Ilmo"),
        *("Ilma", "Des.", "Doutor", "Doutora", "Engenheiro", "Engenheira"),
    ),
    "hu": ("özv", "ifj", "id."),
    "sv": ("Fru", "Frk", "Civ.ing.", "Siv.ing."),
    "tr": ("Sayın", "Doç.", "Yrd. Doç.", "Uzm.", "Av.", "Op."),
    "el": ("Δρ.", "κ."),
    "ar": ("السيد", "السيدة", "الدكتور", "الدكتورة", "د.", "م.", "أ."),
}
"""Titles and forms of address: before a name, or after it with a comma or a dot."""

TITLES_LIKE_NAMES: Words = {
    "en": ("Lord", "Lady", "Major", "General", "Judge", "Justice", "Pastor", "Col"),
    "de": ("RA", "Notar", "Pfarrer", "Mag", "Ing"),
    "fr": ("M.", "Me"),
    "es": ("Don", "D."),
    "nl": ("Heer", "Ir"),
    "pl": ("Pan",),
    "uk": ("пан",),
    "pt": ("Dom", "Dona"),
    "tr": ("Bay", "Bayan"),
}
"""Titles that are also names ("Don Johnson"): only before two words of a name."""

QUALIFIERS: Words = {
    "de": (
        *("med", "h. c.", "h.c.", "e. h.", "e.h.", "mult", "habil", "rer.", "nat."),
        *("pol.", "oec", "soc.", "medic.", "iur", "jur", "phil.", "theol", "agr"),
        *("sc.", "hum.", "techn", "dent", "vet.", "univ.", "publ.", "troph."),
        *("math.", "paed.", "pharm.", "ing", "forst.", "des.", "(FH)", "(BA)"),
        *("(DH)", "(TU)", "(TH)", "(Univ.)", "(HTL)", "Prof.", "Dr."),
    ),
    "pl": ("hab", "inż", "n. med.", "n. o zdr."),
    "cs": ("arch.",),
    "nl": ("ir.", "mr.", "drs"),
    "ru": ("наук",),
}
"""Words that specify a title: after a title."""

CREDENTIALS: Words = {
    "en": (
        *("PhD", "Ph. D.", "DPhil", "EdD", "DSc", "DDS", "DMD"),
        *("DVM", "PsyD", "PharmD", "LLB", "LLM", "LL. M.", "LLD", "MBA", "EMBA"),
        *("MSc", "M. Sc.", "BSc", "B. Sc.", "MPhil", "MRes", "MEng", "M. Eng."),
        *("BEng", "B. Eng.", "MEd", "M. Ed.", "BEd", "MPH", "MFA", "BFA", "BBA"),
        *("MSW", "LCSW", "BCom", "MCom", "BTech", "MTech", "BSN", "MSN", "DNP"),
        *("CPA", "CFA", "CFP", "ACCA", "FCCA", "ACA", "FCA", "CMA", "CISA", "CISM"),
        *("CISSP", "PMP", "PEng", "P. Eng.", "CEng", "C. Eng.", "FRCS", "FRCP"),
        *("FRCPath",),
        *("MRCP", "MRCS", "FRS", "FRSA", "FRICS", "MRICS", "RIBA", "OBE", "MBE"),
        *("CBE", "KBE", "DBE", "CMG", "MEP", "Esq", "Esquire", "SPHR", "PHR"),
        *("CRNA", "ARNP", "FNP", "AIA", "FAIA", "ThD", "OFM", "Ret."),
    ),
    "de": ("MdB", "MdL", "MdEP", "MAS", "StB"),
    "cs": ("CSc", "C. Sc.", "DrSc", "Dr. Sc.", "DiS", "ArtD", "Th. D."),
}
"""Degrees, professions and honors: after a name."""

CREDENTIALS_LIKE_NAMES: Words = {
    "en": (
        *("MA", "BA", "BS", "MS", "DO", "JD", "PE", "PA", "RN", "CA", "AB", "CIA"),
        *("QC", "KC", "MP", "MPA", "SJ", "OP", "OSB", "DD", "PT", "OD", "EMT"),
        *("MD", "M. D."),
    ),
    "de": ("RA", "WP", "M. A.", "B. A."),
    "nl": ("RC", "AA"),
    "directories": ("EXT", "ext.", "EXTERN", "EXTERNAL"),
}
"""Credentials that are also names ("Jack Ma"): after a comma, or with dots or in
capitals if two words of a name are left."""

GENERATIONS: Words = {
    "jr": ("Jr", "Jnr", "jun.", "mł.", "ml.", "мл.", "младший", "d. J."),
    "sr": ("Sr", "Snr", "sen.", "st.", "ст.", "старший", "d. Ä."),
    "ii": ("II", "2nd"),
    "iii": ("III", "3rd"),
    "iv": ("IV", "4th"),
}
"""Words that distinguish a parent from a child, by their meaning: after a name."""

GENERATIONS_LIKE_NAMES: Words = {
    "jr": ("Junior", "Júnior", "Filho", "fils", "hijo"),
    "sr": ("Senior", "père", "padre"),
    "iii": ("Neto",),
    "v": ("V",),
    "vi": ("VI",),
    "nephew": ("Sobrinho",),
}
"""The same for words that are also names: if two words of a name are left."""

BIRTH_NAMES: Words = {
    "de": ("geb.", "geborene", "geborener"),
    "fr": ("née", "né"),
    "cs": ("roz.", "rozená"),
    "ru": ("урожд.", "урожденная", "урождённая"),
}
"""Words that introduce a person's name at birth: after a name."""

HONORIFICS: Words = {
    "ja": ("様", "さん", "先生", "氏"),
    "zh": ("先生", "女士", "小姐", "教授", "博士"),
    "ko": ("님", "씨", "교수", "박사"),
}
"""Written at the end of a name, without a space."""

PARTICLES = frozenset(
    "van von der den de del della di da dos das do du la le las los ter ten zu zur"
    " vom af av el al bin ibn ben y e san santa st st.".split()
)
"""Words with which a surname may begin."""

PATRONYMICS = ("ович", "евич", "ич", "овна", "евна", "ична", "инична")
"""Endings of the second name of an Eastern Slavic name."""
