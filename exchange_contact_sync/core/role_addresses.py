# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""E-mail addresses of an office, a team or a family rather than a person.

The English words are those of RFC 2142 (https://www.rfc-editor.org/rfc/rfc2142) and
others that companies and families use. Two people who share such an address may be
colleagues.
"""

from __future__ import annotations

import re

ROLES: dict[str, tuple[str, ...]] = {
    "en": (
        *(
            "abuse",
            "accounting",
            "accounts",
            "admin",
            "administration",
            "all",
            "billing",
        ),
        *("booking", "bookings", "careers", "center", "central", "company", "contact"),
        *(
            "customer",
            "customers",
            "desk",
            "enquiries",
            "enquiry",
            "events",
            "everyone",
        ),
        *("family", "feedback", "finance", "frontdesk", "general", "hello", "help"),
        *("helpdesk", "hi", "home", "hostmaster", "hotline", "house", "hr", "inbox"),
        *("info", "information", "inquiries", "inquiry", "invoice", "invoices", "it"),
        *("jobs", "mail", "mailbox", "management", "marketing", "media", "news"),
        *("newsletter", "noreply", "office", "order", "orders", "personnel", "post"),
        *("postmaster", "press", "privacy", "purchase", "purchasing", "reception"),
        *("recruiting", "reservation", "reservations", "sales", "school", "secretary"),
        *("security", "service", "services", "shop", "staff", "studio", "support"),
        *("team", "tech", "technical", "us", "web", "webmaster", "welcome", "work"),
    ),
    "de": (
        *("anfrage", "anfragen", "anmeldung", "auftrag", "bestellung", "bewerbung"),
        *("buchhaltung", "buero", "büro", "einkauf", "empfang", "fam", "familie"),
        *("firma", "gemeinde", "haus", "kanzlei", "kontakt", "kundendienst"),
        *("kundenservice", "lager", "leitung", "personal", "poststelle", "praxis"),
        *("presse", "rechnung", "rechnungen", "redaktion", "rezeption", "sekretariat"),
        *("technik", "termin", "termine", "verein", "vertrieb", "verwaltung"),
        *("vorstand", "werkstatt", "zentrale"),
    ),
    "fr": (
        *(
            "accueil",
            "achats",
            "bonjour",
            "bureau",
            "commande",
            "commandes",
            "commercial",
        ),
        *(
            "comptabilite",
            "direction",
            "equipe",
            "facturation",
            "famille",
            "secretariat",
        ),
        "ventes",
    ),
    "es": (
        *("administracion", "atencion", "clientes", "comercial", "compras", "contacto"),
        *("contabilidad", "correo", "direccion", "equipo", "facturacion", "familia"),
        *(
            "hola",
            "oficina",
            "pedidos",
            "recepcion",
            "reservas",
            "secretaria",
            "soporte",
        ),
        "ventas",
    ),
    "it": (
        *("acquisti", "amministrazione", "assistenza", "clienti", "commerciale"),
        *("contabilita", "contatti", "contatto", "direzione", "famiglia", "fatture"),
        *("ordini", "posta", "prenotazioni", "segreteria", "ufficio", "vendite"),
    ),
    "pt": (
        *("atendimento", "comercial", "compras", "contato", "diretoria", "escritorio"),
        *("faturamento", "financeiro", "geral", "pedidos", "secretaria", "suporte"),
        "vendas",
    ),
    "nl": (
        *("administratie", "algemeen", "bestellingen", "boekhouding", "directie"),
        *("facturen", "familie", "gezin", "inkoop", "kantoor", "klantenservice"),
        *("receptie", "verkoop"),
    ),
    "pl": (
        *("biuro", "dyrekcja", "handel", "kadry", "kontakt", "ksiegowosc", "obsluga"),
        *("poczta", "recepcja", "rodzina", "sekretariat", "sklep", "sprzedaz"),
        *("zamowienia", "zarzad"),
    ),
    "cs": (
        "fakturace",
        "kancelar",
        "obchod",
        "objednavky",
        "podpora",
        "prodej",
        "rodina",
    ),
    "ru": ("buh", "kadry", "ofis", "opt", "otdel", "prodazhi", "sekretar", "zakaz"),
}
"""The first words of such addresses, by language."""

_ROLES = frozenset(word for words in ROLES.values() for word in words)
_FIRST_WORD = re.compile(r"[^\W\d_]+(?![^\W_])")


def is_role(address: str) -> bool:
    """Decide whether an address represents more than one person, judging by its name.

    :param address: in the form of ``emails.form``
    """
    word = _FIRST_WORD.match(address)
    return word is not None and word[0] in _ROLES
