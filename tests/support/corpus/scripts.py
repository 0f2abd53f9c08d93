# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Texts in many scripts, in each row that contains text."""

from __future__ import annotations

from collections.abc import Iterator

from support.corpus.case import Case

WORDS = {
    "Latin": ("Zoë Ångström-Łódź", "Straße ﬁnden", "Ünïcödé ßẞ ŒÆ"),
    "Turkish": ("İpek Işıl Çiğdem", "ıIiİ", "Şirket"),
    "Vietnamese": ("Nguyễn Văn Ví Dụ", "Hồ Chí Minh", "Công ty"),
    "Cyrillic": ("Ёлкина Юлия Щукина", "улица Ленина", "ООО «Пример»"),
    "Ukrainian": ("Їжак Ґалаґан", "вулиця", "Приклад"),
    "Greek": ("Σίσυφος Παράδειγμα", "Οδός", "ΟΔΥΣΣΕΥΣ"),
    "Arabic": ("محمد مثال", "شارع", "شركة"),
    "Hebrew": ("משה דוגמה", "רחוב", "חברה"),
    "Persian": ("علی نمونه\N{ZERO WIDTH NON-JOINER}ها", "خیابان", "شرکت"),
    "Devanagari": ("उदाहरण शर्मा", "सड़क", "कंपनी"),
    "Bengali": ("উদাহরণ", "সড়ক", "কোম্পানি"),
    "Tamil": ("எடுத்துக்காட்டு", "தெரு", "நிறுவனம்"),
    "Thai": ("ตัวอย่าง ใจดี", "ถนน", "บริษัท"),
    "Lao": ("ຕົວຢ່າງ", "ຖະໜົນ", "ບໍລິສັດ"),
    "Tibetan": ("དཔེར་བརྗོད", "ལམ", "ཀུང་སི"),
    "Khmer": ("ឧទាហរណ៍", "ផ្លូវ", "ក្រុមហ៊ុន"),
    "Chinese": ("例子 王", "街道", "有限公司"),
    "Japanese": ("例 たろう", "通り", "カブシキガイシャ ｶﾞ"),
    "Korean": ("홍길동", "거리", "주식회사"),
    "Korean in letters": ("\u1112\u1169\u11bc", "\u1100\u1165\u1105\u1175", "\u110c"),
    "Georgian": ("მაგალითი", "ქუჩა", "Ⴀⴀᲀ"),
    "Armenian": ("Օրինակ և", "Փողոց", "ընկերություն"),
    "Ethiopic": ("ምሳሌ", "መንገድ", "ኩባንያ"),
    "Cherokee": ("ᏣᎳᎩ ꭰꮝ", "ᎦᎳ", "Ꭰ"),
    "Gothic": ("𐌲𐌿𐍄𐌹𐍃𐌺", "𐌰", "𐌱"),
    "Deseret": ("𐐔𐐯𐑅𐐨𐑉𐐯𐐻", "𐐀", "𐐨"),
    "both directions": (
        "Ida \N{RIGHT-TO-LEFT EMBEDDING}משה\N{POP DIRECTIONAL FORMATTING} Example",
        "\N{LEFT-TO-RIGHT MARK}1 רחוב\N{RIGHT-TO-LEFT MARK}",
        "\N{RIGHT-TO-LEFT ISOLATE}شركة\N{POP DIRECTIONAL ISOLATE} Ltd.",
    ),
    "emoji": ("Ada 👩‍🔬🏳️‍🌈 Byron 👨‍👩‍👧‍👦", "🏠 1️⃣", "🏢👍🏽🇩🇪"),
    "marks": (
        "Z͑ͫa̴l̷g̸o̵ E\u0301\u0327xample",
        "a\u0327\u0301 a\u0301\u0327",
        "q\u0307\u0323",
    ),
    "decomposed": (
        "Ame\u0301lie O\u0308zil",
        "Stra\u00dfe e\u0302\u0301",
        "S\u0323\u0307",
    ),
    "compatibility": ("ﬀﬁﬂ Ⅳ ① ﷺ", "½ ㎏ ｗｉｄｅ", "™ ℡ ㈱"),
    "singletons": ("Å Ω K", "豈 更", "\u2126\u212b"),
    "mathematics": ("𝕴𝖉𝖆 𝓔𝔁𝓪𝓶𝓹𝓵𝓮", "∑∞", "ℵ₀"),
    "private use": ("Ida \ue000\uf8ff", "\U000f0000", "\U0010fffd"),
    "unassigned": ("Ida \u0378\ufdd0", "\U0001fffe", "\U000e0041"),
    "variations": ("葛\U000e0100城", "☎︎ ☎️", "a\u034fb"),
}  # fmt: skip


def cases() -> Iterator[Case]:
    """:return: iterator of Case"""
    for script, (name, street, company) in WORDS.items():
        yield Case(
            f"script {script}",
            {
                "display_name": name,
                "company": company,
                "job_title": name,
                "business_street": f"{street} 1\n{street} 2",
                "business_city": name,
                "business_zip": street,
                "home_street": street,
                "home_city": company,
                "other_city": street,
                "im1": name,
                "nickname": street,
                "department": company,
                "spouse": name,
                "note": f"{name}\n{street}",
                "categories": f"{company} / {street}\n{name}",
            },
            plain=True,
        )
        given, _blank, surname = name.partition(" ")
        yield Case(f"parts in {script}", {"given_name": given, "surname": surname})
