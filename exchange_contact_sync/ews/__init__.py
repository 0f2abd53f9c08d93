# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Access the contacts of a mailbox over Exchange Web Services (EWS).

The entry point is ``session.open_gateway``. Only this package knows SOAP, the schema of
EWS, and exchangelib, of which it uses authentication, HTTP sessions, version
negotiation and the reading of response codes. Reading order: ``contacts.properties``
(which property is which row), ``contacts.parse`` and ``contacts.serialize`` (from and
to XML), ``operations.payloads`` (the requests), ``gateway`` (the port), ``session``.

Importing exchangelib takes 0.7 s and 47 MB, so ``session`` does not import it; its
``open_gateway`` imports what it needs.
"""
