# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts of a mailbox over Exchange Web Services (EWS).

The way in is ``session.open_gateway``. What is known here and nowhere else: SOAP,
the schema of EWS, and exchangelib, of which only authentication, HTTP sessions,
version negotiation and the reading of response codes are used. Reading order:
``properties`` (which property is which row), ``mapping`` and ``update_payload``
(from and to XML), ``payloads`` (what is asked), ``gateway`` (the port), ``session``.

Importing exchangelib takes 0.7 s and 47 MB, so ``session`` does without it, and its
``open_gateway`` imports what needs it.
"""
