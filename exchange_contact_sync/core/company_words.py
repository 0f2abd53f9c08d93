# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Legal forms of companies, by country (ISO 3166), to recognize people by their
employer. They are compared without case, accents, spaces and punctuation, so that
"S.A.", "S. A." and "SA" are one entry.

The list of the standard ISO 20275 has thousands of forms
(https://www.gleif.org/en/lei-data/code-lists/iso-20275-entity-legal-forms-code-list);
these are the ones that people write after a name.
"""

from __future__ import annotations

LEGAL_FORMS: dict[str, tuple[str, ...]] = {
    "AT": ("OG", "KEG", "GesmbH", "Ges.m.b.H.", "Gesellschaft m.b.H.", "e.U."),
    "AU": ("Pty", "Pty Ltd", "Proprietary Limited"),
    "BE": ("BVBA", "SPRL", "SRL", "CVBA", "SCRL"),
    "BG": ("ООД", "ЕООД", "АД", "EOOD", "OOD"),
    "BR": ("Ltda", "S/A", "EIRELI", "ME", "EPP"),
    "CH": ("Sàrl", "Sagl", "SA", "AG", "GmbH"),
    "CN": ("Co., Ltd.", "Company Limited"),
    "CZ": ("s.r.o.", "spol. s r.o.", "spol. s.r.o.", "a.s.", "v.o.s.", "k.s."),
    "DE": (
        *("GmbH", "Gesellschaft mbH", "Gesellschaft m.b.H.", "mbH", "gGmbH", "AG"),
        *("Gesellschaft mit beschränkter Haftung", "Aktiengesellschaft", "KGaA"),
        *("GmbH & Co. KG", "GmbH & Co. KGaA", "GmbH & Co. OHG", "AG & Co. KG"),
        *("UG & Co. KG", "SE & Co. KG", "SE & Co. KGaA", "GmbH und Co. KG"),
        *("& Co. KG", "und Co. KG", "& Co.", "und Co.", "& Cie.", "& Co. KGaA"),
        *("KG", "OHG", "GbR", "UG", "UG (haftungsbeschränkt)", "PartG", "PartGmbB"),
        *("e.V.", "eingetragener Verein", "eG", "e.K.", "e.Kfm.", "e.Kfr."),
        *("Kommanditgesellschaft",),
    ),
    "DK": ("ApS", "A/S", "I/S", "K/S", "IVS"),
    "EE": ("OÜ", "AS"),
    "ES": ("S.A.", "S.L.", "S.L.U.", "S.A.U.", "S.L.L.", "S.C.", "Sociedad Anónima"),
    "EU": ("SE", "SCE", "EWIV", "EEIG"),
    "FI": ("Oy", "Oyj", "Oy Ab", "Ky", "Ay"),
    "FR": (
        *("SA", "SARL", "S.à r.l.", "SAS", "SASU", "EURL", "SNC", "SCI", "SCOP"),
        *("Société Anonyme", "Société par actions simplifiée"),
    ),
    "GB": ("Ltd", "Limited", "PLC", "LLP", "CIC", "Public Limited Company"),
    "GR": ("Α.Ε.", "Ε.Π.Ε.", "A.E.", "E.P.E.", "Ι.Κ.Ε."),
    "HR": ("d.o.o.", "d.d.", "j.d.o.o."),
    "HU": ("Kft", "Zrt", "Nyrt", "Bt", "Rt"),
    "ID": ("Tbk",),
    "IE": ("DAC", "Teoranta", "Teo"),
    "IN": ("Pvt", "Pvt Ltd", "Private Limited", "(P) Ltd"),
    "IT": ("S.p.A.", "S.r.l.", "S.r.l.s.", "S.n.c.", "S.a.s.", "S.c.a.r.l.", "S.c."),
    "JP": ("K.K.", "G.K.", "Kabushiki Kaisha", "Co., Ltd."),
    "LT": ("UAB",),
    "LV": ("SIA",),
    "MX": ("S.A. de C.V.", "S. de R.L.", "S. de R.L. de C.V.", "S.A.P.I. de C.V."),
    "MY": ("Sdn", "Sdn Bhd", "Bhd", "Berhad"),
    "NL": ("B.V.", "N.V.", "V.O.F.", "C.V.", "Besloten Vennootschap"),
    "NO": ("ASA", "ANS"),
    "PL": ("Sp. z o.o.", "Sp. k.", "Sp. j.", "Sp. z o.o. sp. k.", "S.A.", "S.K.A."),
    "PT": ("Lda", "Limitada", "S.A.", "Unipessoal Lda", "SGPS"),
    "RO": ("S.R.L.", "S.A.", "SRL-D"),
    "RU": ("ООО", "ОАО", "ЗАО", "ПАО", "АО", "НАО", "ИП", "LLC", "OOO", "OAO", "ZAO"),
    "SE": ("AB", "Aktiebolag", "HB", "KB"),
    "SG": ("Pte", "Pte Ltd"),
    "SI": ("d.o.o.", "d.d."),
    "SK": ("s.r.o.", "spol. s r.o.", "a.s."),
    "TR": ("A.Ş.", "Ltd. Şti.", "Anonim Şirketi", "Limited Şirketi"),
    "UA": ("ТОВ", "ПрАТ", "ПАТ", "ФОП"),
    "US": (
        *("Inc", "Incorporated", "Corp", "Corporation", "LLC", "L.L.C.", "LLP", "LP"),
        *("PLLC", "PC", "P.C.", "Co", "Company", "Limited Liability Company", "& Co"),
        *("and Company", "& Company"),
    ),
    "ZA": ("(Pty) Ltd", "Pty Ltd"),
}
"""Forms after the name."""

LEADING_FORMS: dict[str, tuple[str, ...]] = {
    "BG": ("ЕТ",),
    "FR": ("SARL", "SAS", "EURL", "SASU", "SCI"),
    "ID": ("PT",),
    "LT": ("UAB",),
    "LV": ("SIA",),
    "RO": ("S.C.",),
    "RU": (
        *("ООО", "ОАО", "ЗАО", "ПАО", "АО", "НАО", "ИП", "OOO", "OAO", "ZAO"),
        *("Общество с ограниченной ответственностью", "Акционерное общество"),
        *("Индивидуальный предприниматель",),
    ),
    "UA": ("ТОВ", "ПрАТ", "ПАТ", "ФОП"),
}
"""Forms before the name."""

GLUED_FORMS: dict[str, tuple[str, ...]] = {
    "CN": ("有限责任公司", "股份有限公司", "有限公司", "集团"),
    "HK": ("有限公司", "股份有限公司"),
    "JP": ("株式会社", "有限会社", "合同会社", "合資会社", "(株)", "(有)"),
    "KR": ("주식회사", "유한회사", "(주)", "(유)"),
    "TW": ("股份有限公司", "有限公司"),
}
"""Forms before or after the name, without a space."""
