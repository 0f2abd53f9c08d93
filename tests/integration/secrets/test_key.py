# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where the key is stored, and what happens when it changes."""

from __future__ import annotations

import codecs
import json
import os
import stat
import tempfile
import traceback
from pathlib import Path
from unittest.mock import patch

from cryptography.fernet import Fernet

from odoo.exceptions import UserError
from odoo.tools import config

from odoo.addons.exchange_contact_sync.storage import secret

from support.cases.account_case import AccountCase, opened

BOUND = "a record and its server"


def new_key() -> str:
    return Fernet.generate_key().decode()


def opens(key: str, token: str) -> str:
    """Decrypt a saved password with one key."""
    bound, text = json.loads(Fernet(key).decrypt(token.removeprefix(secret.FORM)))
    assert bound == BOUND
    return text


class KeyCase(AccountCase):
    """No key is configured, and Odoo's data folder is an empty one."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = Path(folder.name) / "data"
        self.configure(data_dir=str(self.data), **{secret.OPTION: ""})
        patcher = patch.dict(os.environ)
        patcher.start()
        self.addCleanup(patcher.stop)
        os.environ.pop(secret.VARIABLE, None)

    def collect_garbage(self):
        """What Odoo's daily clean-up does: it asks each model that has the method,
        abstract ones included (``base/models/ir_autovacuum.py``)."""
        for model in self.env.values():
            if hasattr(model, "_gc_old_keys"):
                model._gc_old_keys()

    def configure(self, **options):
        """Options as Odoo's configuration file would set them."""
        patcher = patch.dict(config.options.maps[0], options)
        patcher.start()
        self.addCleanup(patcher.stop)


class TestWhereTheKeyIs(KeyCase):
    def test_key_file_is_readable_by_the_server_only(self):
        token = secret.encrypt("secret", BOUND)
        file = self.data / secret.FILE_NAME
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        self.assertEqual(list(self.data.iterdir()), [file])
        self.assertEqual(opens(file.read_text(), token), "secret")

    def test_key_file_is_created_once(self):
        token = secret.encrypt("secret", BOUND)
        before = (self.data / secret.FILE_NAME).read_text()
        secret.encrypt("another", BOUND)
        self.assertEqual((self.data / secret.FILE_NAME).read_text(), before)
        self.assertEqual(secret.decrypt(token, BOUND), "secret")

    def test_second_process_uses_the_key_of_the_first(self):
        self.data.mkdir()
        file = self.data / secret.FILE_NAME
        file.write_text(new_key())
        before = file.read_text()
        secret._create_key_file(file)
        self.assertEqual(file.read_text(), before)
        self.assertEqual(list(self.data.iterdir()), [file])

    def test_configuration_file_takes_precedence(self):
        key = new_key()
        os.environ[secret.VARIABLE] = new_key()
        self.configure(**{secret.OPTION: key})
        self.assertEqual(opens(key, secret.encrypt("secret", BOUND)), "secret")
        self.assertFalse(self.data.exists())

    def test_environment_is_second(self):
        key = os.environ[secret.VARIABLE] = new_key()
        self.assertEqual(opens(key, secret.encrypt("secret", BOUND)), "secret")
        self.assertFalse(self.data.exists())


class TestChangingTheKey(KeyCase):
    def test_old_key_decrypts_and_new_key_encrypts(self):
        old, new = new_key(), new_key()
        self.configure(**{secret.OPTION: old})
        token = secret.encrypt("secret", BOUND)
        self.configure(**{secret.OPTION: f"{new}, {old}"})
        self.assertEqual(secret.decrypt(token, BOUND), "secret")
        self.assertEqual(opens(new, secret.encrypt("more", BOUND)), "more")

    def test_saved_passwords_are_encrypted_with_the_new_key(self):
        old, new = new_key(), new_key()
        self.configure(**{secret.OPTION: old})
        account = self.new_account(self.anna, password="secret")
        self.provider.service_password = "service"
        self.configure(**{secret.OPTION: f"{new},{old}"})
        self.collect_garbage()
        self.configure(**{secret.OPTION: new})
        self.assertEqual(opened(account), "secret")
        self.assertEqual(opened(self.provider), "service")

    def test_renewing_skips_new_and_unreadable_passwords(self):
        self.configure(**{secret.OPTION: new_key()})
        account = self.new_account(self.anna, password="secret")
        token = account.sudo().password_encrypted
        self.collect_garbage()
        self.assertEqual(account.sudo().password_encrypted, token)
        self.configure(**{secret.OPTION: new_key()})
        self.collect_garbage()
        self.assertEqual(account.sudo().password_encrypted, token)


class TestLostKey(KeyCase):
    def test_lost_key_asks_the_owner_to_sign_in_again(self):
        account = self.new_account(self.anna, password="secret")
        self.configure(**{secret.OPTION: new_key()})
        action = account.action_authorize()
        self.assertEqual(action["params"]["type"], "danger")
        self.assertEqual(account.state, "error")
        self.assertIn("Enter the password and sign in again", account.message)

    def test_invalid_key_is_reported_when_saving_a_password(self):
        account = self.new_account(self.anna)
        for wrong in ("not a key", ",", "ключ"):
            self.configure(**{secret.OPTION: wrong})
            with (
                self.subTest(key=wrong),
                self.assertRaisesRegex(UserError, "key for passwords is not valid"),
            ):
                account.password = "secret"


class TestKeyFile(KeyCase):
    def setUp(self):
        super().setUp()
        self.account = self.new_account(self.anna, password=False)

    def key_file(self, content=None):
        self.data.mkdir()
        file = self.data / secret.FILE_NAME
        if content is not None:
            file.write_bytes(content)
        return file

    def assertReported(self, sentence, content=b"\0"):
        """Neither messages nor the log contain anything of the file."""
        with (
            self.assertLogs("odoo.addons.exchange_contact_sync", "ERROR") as logs,
            self.assertRaisesRegex(UserError, sentence) as caught,
        ):
            self.account.password = "secret"
        trace = "".join(traceback.format_exception(caught.exception))
        for text in (trace, *logs.output):
            self.assertNotIn(content.decode(errors="replace")[-20:], text)

    def test_byte_order_mark_and_blanks_are_ignored(self):
        key = new_key()
        file = self.key_file()
        for content in (
            codecs.BOM_UTF8 + key.encode(),
            f"{key}\r\n".encode("utf-16"),
            f"\n  {key} \r\n\n".encode(),
            f"\t{key} ,\n".encode(),
            f"{key}\n{new_key()}\n".encode(),
        ):
            file.write_bytes(content)
            with self.subTest(content=content[:6]):
                token = secret.encrypt("secret", BOUND)
                self.assertEqual(opens(key, token), "secret")

    def test_byte_order_mark_in_the_configuration_is_ignored(self):
        key = new_key()
        self.configure(**{secret.OPTION: f"\ufeff {key} "})
        self.assertEqual(opens(key, secret.encrypt("secret", BOUND)), "secret")

    def test_invalid_key_is_not_quoted(self):
        key = new_key()
        for content in (
            key.encode()[:-4],
            b"\xef\xbb\xbf\xef\xbb\xbfx" + key.encode(),
            os.urandom(200) + key.encode(),
            b"key = " + key.encode(),
        ):
            with self.subTest(content=content[:6]):
                folder = tempfile.TemporaryDirectory()
                self.addCleanup(folder.cleanup)
                self.data = Path(folder.name) / "data"
                self.configure(data_dir=str(self.data))
                self.key_file(content)
                self.assertReported("key for passwords is not valid", content)

    def test_failure_of_a_key_has_no_cause(self):
        """The library's message about a key is nowhere, also not in a traceback."""
        self.key_file(b"key = " + new_key().encode())
        with self.assertRaises(secret.KeyUnusable) as caught:
            secret.encrypt("secret", BOUND)
        self.assertIsNone(caught.exception.__cause__)
        self.assertTrue(caught.exception.__suppress_context__)

    def test_folder_instead_of_the_file_is_reported(self):
        self.key_file().mkdir()
        self.assertReported("file with the server's key for passwords cannot be read")

    def test_unreadable_file_is_reported(self):
        key = new_key().encode()
        self.key_file(key)
        with patch.object(Path, "read_bytes", side_effect=PermissionError(13, "No")):
            self.assertReported("look at the file and at its permissions", key)

    def test_readonly_data_folder_is_reported(self):
        self.data.write_text("no folder")
        self.assertReported("has no key for passwords yet, and cannot save one")
