# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The files of the addon that contain the rules of ``of_trust*.py``."""

from __future__ import annotations

# Secrets
SECRET, CREDENTIALS = "storage/secret.py", "use_cases/credentials.py"
HANDLES = "core/handles.py"
TYPED = "models/credentials.py"
SECRET_FIELDS = "models/secret_fields.py"
PROVIDER = "models/exchange_provider.py"
PROVIDER_VALUES = "use_cases/provider_values.py"
NEUTRALIZE = "data/neutralize.sql"

# Rights
WIZARD_RULES = "security/exchange_wizard_rules.xml"
ANSWER = "wizards/exchange_answer.py"
PRIVATE_NAMES, RELATIONS = "models/private_names.py", "models/relations.py"
COMMUNICATION = "use_cases/communication_options.py"

# Columns of JSON
PARTNER_MODEL, FIELD_RULES = "models/res_partner.py", "use_cases/field_rules.py"
CHECKED_FIELDS = "use_cases/extra_fields.py"
EXTRA_FIELDS, SHAPE = "partner/extra_fields.py", "core/shape.py"

# Saved filters
FILTER_TEXT, FILTERS = "partner/filter_text.py", "partner/filters.py"
FILTER_MESSAGES = "use_cases/filter_messages.py"

# Partners
PARTNERS, REFUSALS = "partner/gateway.py", "partner/refusals.py"
FAILURES, TAGS = "partner/failures.py", "partner/tags.py"
PICTURES = "partner/photos.py"
ERASE, PASSWORDS = "storage/erase.py", "use_cases/passwords.py"
PRIVACY, HISTORY, SET_LIMITS = (
    "use_cases/privacy_lookup.py",
    "use_cases/history.py",
    "storage/settings.py",
)
DUE_TIMES, SYNCHRONIZE = "use_cases/due_times.py", "use_cases/synchronize.py"
CONNECTING = "use_cases/connect.py"
MICROSOFT, MICROSOFT_ANSWER = "use_cases/microsoft.py", "use_cases/microsoft_answer.py"
REDIRECT, SIGN_INS = "controllers/microsoft.py", "storage/sign_ins.py"

# The network
HOSTS, ERRORS = "core/hosts.py", "core/errors.py"
SESSION = "ews/session.py"
AUTODISCOVER = "ews/connection/autodiscover.py"
CONNECT, PROBE = "ews/connection/connect.py", "ews/connection/probe.py"
PROTOCOL = "ews/connection/protocol.py"
NETWORK_SESSION = "network/session.py"
SOCKETS, TLS = "network/sockets.py", "network/tls.py"
STATUS = "ews/connection/http_status.py"

# Answers
ANSWERS, SERVICES = "network/answer.py", "ews/operations/services.py"
MEANINGS, PAGE = "ews/operations/errors.py", "ews/operations/sync_page.py"
READ_ANY, NEUTRAL = "outlook/reading.py", "outlook/neutral.py"
FOLDER_TREE = "outlook/folder_tree.py"
READING, LENGTHS = "ews/contacts/reading.py", "outlook/lengths.py"
PARSE, PHOTOS = "ews/contacts/parse.py", "ews/contacts/photo_store.py"
FOLDERS, MAILBOX = "ews/folders.py", "ews/gateway.py"
