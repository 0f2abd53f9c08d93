# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules about secrets and dialogs, each with a change that removes it."""

from __future__ import annotations

from . import places
from .mutant import CONTRACT, INTEGRATION, Mutant

WIZARDS = f"{INTEGRATION}/secrets/test_wizards.py"
BOUND = f"{INTEGRATION}/secrets/test_bound.py"
KEY = f"{INTEGRATION}/secrets/test_key.py::TestKeyFile"
PASSWORD = f"{INTEGRATION}/secrets/test_password.py"
SERVICE = (f"{INTEGRATION}/secrets/test_service_account.py",)
SETTINGS = (
    f"{CONTRACT}/mailbox/ews/test_secrets.py::test_settings_do_not_show_passwords",
)
CLOUD = f"{INTEGRATION}/cloud"
ANSWERS = f"{CLOUD}/test_sign_in_security.py::TestState"
NEUTRAL = (f"{PASSWORD}::TestNoColumnIsForgotten",)
NAMES = (f"{WIZARDS}::TestNames",)
WHOSE = f"{WIZARDS}::TestWhoseDialog"

OF_TRUST_SECRETS = (
    # Dialogs
    Mutant(
        "only the user who opened a dialog uses it",
        places.WIZARD_RULES,
        '            ("create_uid", "=", user.id),\n'
        '            "|", ("account_id", "=", False)',
        '            "|", ("account_id", "=", False)',
        (f"{WHOSE}::test_only_its_user_reads_a_dialog",),
        installed=True,
    ),
    Mutant(
        "every dialog has an access rule, including those of administrators",
        places.WIZARD_RULES,
        '<field name="domain_force">[("create_uid", "=", user.id)]</field>',
        '<field name="domain_force">[(1, "=", 1)]</field>',
        (f"{WHOSE}::test_administrator_cannot_read_dialogs_of_others",),
        installed=True,
    ),
    Mutant(
        "a dialog cannot refer to records of others",
        places.WIZARD_RULES,
        'ref="model_exchange_reset" />\n        <field name="domain_force">[\n'
        '            ("create_uid", "=", user.id),\n'
        '            ("account_id.user_id", "=", user.id),\n',
        'ref="model_exchange_reset" />\n        <field name="domain_force">[\n'
        '            ("create_uid", "=", user.id),\n',
        (f"{WIZARDS}::TestWhatItLeadsTo",),
        installed=True,
    ),
    Mutant(
        "no password is stored in the row of a dialog",
        places.TYPED,
        '        inverse="_inverse_password",\n',
        '        inverse="_inverse_password",\n        store=True,\n',
        (f"{WIZARDS}::TestNoPassword",),
        installed=True,
    ),
    Mutant(
        "a dialog reads records with its user's rights",
        places.ANSWER,
        'related="line_id.name", related_sudo=False)\n'
        "    candidate_ids = fields.Many2many(\n"
        '        related="line_id.candidate_ids", related_sudo=False\n',
        'related="line_id.name")\n'
        "    candidate_ids = fields.Many2many(\n"
        '        related="line_id.candidate_ids"\n',
        (f"{WIZARDS}::TestWhatItLeadsTo::test_unsaved_dialog_reveals_nothing",),
    ),
    Mutant(
        "a record's name requires read access",
        places.PRIVATE_NAMES,
        'saved - saved._filtered_access("read")',
        "saved.browse()",
        NAMES,
    ),
    # The service account
    Mutant(
        "the service account opens only the user's own mailbox, on every use",
        places.CREDENTIALS,
        "        _check_own_mailbox(account)\n",
        "",
        SERVICE,
    ),
    # Handles
    Mutant(
        "the password of the service account is passed as a handle",
        places.CREDENTIALS,
        "password = secret.handle(token, bound_to(provider))",
        "password = secret.decrypt(token, bound_to(provider))",
        (f"{BOUND}::TestServerAction::test_connection_uses_handles",),
    ),
    Mutant(
        "the password of an owner is passed as a handle",
        places.CREDENTIALS,
        'secret.handle(own, bound_to(account)) if own else ""',
        'secret.decrypt(own, bound_to(account)) if own else ""',
        (f"{BOUND}::TestServerAction::test_connection_uses_handles",),
    ),
    Mutant(
        "a handle has no readable attributes",
        places.HANDLES,
        '        return "<secret>"\n',
        "        return _openers[self]()\n",
        SETTINGS,
    ),
    Mutant(
        "a handle cannot be copied",
        places.HANDLES,
        '        raise TypeError("A secret is neither copied nor stored.")',
        '        return "hold"',
        SETTINGS,
    ),
    Mutant(
        "an entered password becomes a handle at once",
        places.SESSION,
        "            object.__setattr__(self, name, held(getattr(self, name)))\n",
        "            pass\n",
        SETTINGS,
    ),
    # The binding of passwords
    Mutant(
        "a password is not decrypted for anything else",
        places.SECRET,
        "    if bound != bound_to:\n        raise SavedForAnother()\n",
        "",
        (f"{BOUND}::TestBound",),
    ),
    Mutant(
        "a password is bound to its server",
        places.CREDENTIALS,
        "{_server(provider.server_url or '', domain)}",
        "",
        (f"{BOUND}::TestBound::test_a_service_password_stays_with_its_server",),
    ),
    Mutant(
        "a password is bound to its record",
        places.CREDENTIALS,
        "{record._name},{record.id} {_server(",
        "{record._name} {_server(",
        (f"{BOUND}::TestBound::test_password_of_another_account_is_unusable",),
    ),
    Mutant(
        "with Autodiscover a password is bound to the domain",
        places.CREDENTIALS,
        'return f"autodiscover:{domain}"',
        'return "autodiscover:"',
        (f"{BOUND}::TestBound",),
    ),
    Mutant(
        "no user replaces the discovered address",
        places.CREDENTIALS,
        'return secret.decrypt(account.connection_url or "", _address_of(account))',
        'return account.connection_url or ""',
        (f"{BOUND}::TestBound",),
    ),
    Mutant(
        "no default value is used for a secret",
        places.SECRET_FIELDS,
        "for key, value in defaults.items() if key not in SECRETS}",
        "for key, value in defaults.items()}",
        (f"{BOUND}::TestDefaults",),
    ),
    # The file with the key
    Mutant(
        "a byte order mark before the key is ignored",
        places.SECRET,
        'BLANKS = " \\t\\r\\n\\ufeff"',
        'BLANKS = " \\t\\r\\n"',
        (f"{KEY}::test_byte_order_mark_in_the_configuration_is_ignored",),
    ),
    Mutant(
        "blanks in the key file are ignored",
        places.SECRET,
        "    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))\n",
        "    utf16 = False\n",
        (f"{KEY}::test_byte_order_mark_and_blanks_are_ignored",),
    ),
    Mutant(
        "an invalid key is not quoted",
        places.SECRET,
        'raise KeyUnusable("The configured key is not a valid key.") from None',
        "raise KeyUnusable(text) from None",
        (f"{KEY}::test_invalid_key_is_not_quoted",),
    ),
    Mutant(
        "an invalid key is not quoted as the cause",
        places.SECRET,
        'raise KeyUnusable("The configured key is not a valid key.") from None',
        'raise KeyUnusable("The configured key is not a valid key.")',
        (f"{KEY}::test_failure_of_a_key_has_no_cause",),
    ),
    Mutant(
        "a folder in place of the key file is reported",
        places.SECRET,
        "    except OSError as error:\n        raise KeyFileUnreadable",
        "    except FileNotFoundError as error:\n        raise KeyFileUnreadable",
        (f"{KEY}::test_folder_instead_of_the_file_is_reported",),
    ),
    # Other places where a secret could appear
    Mutant(
        "a copy of the database has no password of an owner",
        places.NEUTRALIZE,
        "sync_requested = FALSE,\n       password_encrypted = NULL;",
        "sync_requested = FALSE;",
        NEUTRAL,
    ),
    Mutant(
        "a copy of the database has no password of a service account",
        places.NEUTRALIZE,
        "SET service_password_encrypted = NULL,",
        "SET service_username = NULL,",
        NEUTRAL,
    ),
    Mutant(
        "a copy of the database has no sign-in with Microsoft",
        places.NEUTRALIZE,
        "DELETE FROM exchange_sign_in;",
        "",
        NEUTRAL,
    ),
    Mutant(
        "an answer must belong to a sign-in of this session",
        places.MICROSOFT,
        'if not begun or not _same(begun["flow"].get("state"), state):',
        "if not begun:",
        (f"{ANSWERS}::test_foreign_state_is_refused_and_ends_no_sign_in",),
    ),
    Mutant(
        "an answer can be used once",
        places.MICROSOFT,
        "    del session[KEY]\n",
        "",
        (f"{ANSWERS}::test_state_can_be_used_once",),
    ),
    Mutant(
        "a sign-in has to be completed in time",
        places.MICROSOFT,
        'is_late = time.time() > begun["until"]',
        "is_late = False",
        (f"{ANSWERS}::test_state_expires",),
    ),
    Mutant(
        "an answer must belong to the unchanged provider",
        places.MICROSOFT,
        'if not record or _bound_to(record) != begun["place"]:',
        "if not record:",
        (f"{ANSWERS}::test_provider_changed_meanwhile_gets_no_code",),
    ),
    Mutant(
        "the owner chooses which mailbox is connected",
        places.MICROSOFT_ANSWER,
        "if not is_own and not dialog.shared:",
        "if False:",
        (f"{CLOUD}/test_sign_in.py::TestOtherMailbox",),
    ),
    Mutant(
        "no other user signs in to a connected mailbox",
        places.MICROSOFT_ANSWER,
        "if not is_own and not account.opens_shared_mailbox:",
        "if False:",
        (f"{CLOUD}/test_sign_in.py::TestSignInAgain",),
    ),
    Mutant(
        "codes are not logged",
        places.REDIRECT,
        "record.msg, record.args = _ANSWER.sub(registration.ANSWER, text), ()",
        "pass",
        (f"{CLOUD}/test_sign_in_security.py::TestSecrets",),
    ),
    Mutant(
        "a new refresh token is committed at once",
        places.SIGN_INS,
        "        with separate_cursor(env) as cr:\n            cr.execute(",
        "        if cr := env.cr:\n            cr.execute(",
        (f"{CLOUD}/test_sign_in_committed.py",),
    ),
    Mutant(
        "a new refresh token does not replace a newer sign-in",
        places.SIGN_INS,
        "WHERE account_id = %s AND refresh_token_encrypted = %s",
        "WHERE account_id = %s AND %s <> ''",
        (f"{CLOUD}/test_sign_in_committed.py",),
    ),
    Mutant(
        "administrators cannot read encrypted values",
        places.PROVIDER,
        "service_password_encrypted = fields.Char(\n        groups=fields.NO_ACCESS",
        'service_password_encrypted = fields.Char(\n        groups="base.group_system"',
        (f"{PASSWORD}::TestEncryptedFields",),
    ),
    Mutant(
        "entered values are not logged with the call",
        places.SECRET_FIELDS,
        '            record.args = (*args[:2], "…")\n',
        "            pass\n",
        (f"{INTEGRATION}/rights/test_rpc.py",),
    ),
)
