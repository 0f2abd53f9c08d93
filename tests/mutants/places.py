# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where in the addon the rules of ``of_trust*.py`` are."""

from __future__ import annotations

# Secrets
SECRET, CREDENTIALS = "storage/secret.py", "use_cases/credentials.py"
HANDLES = "core/handles.py"
TYPED = "models/credentials.py"
SECRET_FIELDS, SECRET_ARGUMENTS = (
    "models/secret_fields.py",
    "models/secret_arguments.py",
)
PROVIDER = "models/exchange_provider.py"
NEUTRALIZE = "data/neutralize.sql"

# Rights
WIZARD_RULES = "security/exchange_wizard_rules.xml"
ANSWER = "wizards/exchange_answer.py"
PRIVATE_NAMES, RELATIONS = "models/private_names.py", "models/relations.py"
COMMUNICATION = "models/res_partner_communication.py"

# Columns of JSON
MORE, FIELD_RULES = "models/res_partner_more.py", "models/field_rules.py"
EXTRA_FIELDS, SHAPE = "partner/extra_fields.py", "core/shape.py"

# Saved filters
FILTER_TEXT, FILTERS = "partner/filter_text.py", "partner/filters.py"
FILTER_MESSAGES = "models/filter_messages.py"

# Partners
PARTNERS, REFUSALS = "partner/gateway.py", "partner/refusals.py"
FAILURES, TAGS = "partner/failures.py", "partner/tags.py"
PICTURES = "partner/photos.py"
ERASE, ERASE_PARTNER = "storage/erase.py", "models/res_partner_erase.py"
PRIVACY, RUN, SET_LIMITS = (
    "models/privacy_lookup.py",
    "models/exchange_sync_run.py",
    "storage/settings.py",
)
ACCOUNT_RUNS = "models/account_runs.py"

# The network
HOSTS, ERRORS = "core/hosts.py", "core/errors.py"
SESSION = "ews/session.py"
AUTODISCOVER = "ews/connection/autodiscover.py"
CONNECT, PROBE = "ews/connection/connect.py", "ews/connection/probe.py"
PROTOCOL = "ews/connection/protocol.py"
SOCKETS, TLS = "ews/connection/sockets.py", "ews/connection/tls.py"
STATUS = "ews/connection/http_status.py"

# Answers
ANSWERS, SERVICES = "ews/operations/answer.py", "ews/operations/services.py"
MEANINGS, PAGE = "ews/operations/errors.py", "ews/operations/sync_page.py"
READING, LENGTHS = "ews/contacts/reading.py", "ews/contacts/lengths.py"
PARSE, PHOTOS = "ews/contacts/parse.py", "ews/contacts/photo_store.py"
FOLDERS, MAILBOX = "ews/folders.py", "ews/gateway.py"
