# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Passwords at rest: encrypted with a key that never lies in the database.

The key is looked for in Odoo's configuration file, then in the environment; when
nobody set one, a file in Odoo's data folder holds it, outside of every database and
filestore, so that a dump never carries it. Several keys, separated by commas, are
for changing the key: the first one encrypts, all of them decrypt.

A password is encrypted together with what it is for, and is not decrypted for anything
else (``use_cases/credentials.py`` says what that is).

These are functions of a module and not methods of a model on purpose: a server
action of an administrator can call any method of any model, but import nothing.
"""

from __future__ import annotations

import base64
import codecs
import hashlib
import hmac
import json
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from odoo.tools import config

from ..core.errors import NeedsTheUser
from ..core.handles import SecretHandle, sealed

OPTION = "exchange_contact_sync_key"
VARIABLE = "EXCHANGE_CONTACT_SYNC_KEY"
FILE_NAME = "exchange_contact_sync.key"


BLANKS = " \t\r\n\ufeff"
"""What may stand around a key: a byte-order mark too."""

FORM = "2:"
"""What a password begins with that is bound to something; version 1 was not."""


class KeyUnusable(NeedsTheUser):
    """What is configured as a key is none."""

    code = "key_unusable"


class KeyFileUnreadable(KeyUnusable):
    """The file with the key is a folder, or Odoo may not read it."""

    code = "key_file_unreadable"


class KeyFileNotMade(KeyUnusable):
    """There is no key yet, and the file for one cannot be written."""

    code = "key_file_not_made"


class KeyLost(NeedsTheUser):
    """The password was encrypted with a key that this server does not have."""

    code = "key_lost"


class SavedForAnother(NeedsTheUser):
    """The password was saved for another server or for another record."""

    code = "saved_for_another"


def encrypt(text: str, bound_to: str) -> str:
    """Make a password unreadable.

    :param bound_to: without which it is not decrypted; authenticated with it
    :return: another one each time
    :raises KeyUnusable: the configured key is none
    """
    payload = json.dumps([bound_to, text]).encode()
    return FORM + _keys().encrypt(payload).decode()


def decrypt(token: str, bound_to: str) -> str:
    """Read a password again.

    :param token: what :func:`encrypt` gave
    :param bound_to: the same as it was encrypted with
    :raises KeyLost: no key that is configured opens it
    :raises KeyUnusable: the configured key is none
    :raises SavedForAnother: it is bound to something else, or to nothing
    """
    payload = _opened(token.removeprefix(FORM))
    if not token.startswith(FORM):
        raise SavedForAnother()
    bound, text = json.loads(payload)
    if bound != bound_to:
        raise SavedForAnother()
    return str(text)


def handle(token: str, bound_to: str) -> SecretHandle:
    """A saved password for a connection, which decrypts it when it signs in.

    :param token: what :func:`encrypt` gave
    :param bound_to: the same as it was encrypted with
    :raises SyncError: as :func:`decrypt`, before any server is asked
    """
    decrypt(token, bound_to)
    return sealed(partial(decrypt, token, bound_to))


def bind(token: str, bound_to: str) -> str:
    """Bind a password that a version before 19.0.1.4.0 saved. For upgrades only: what
    is not bound is not used any more.

    :return: as :func:`encrypt` gives; the same token if it is bound already
    :raises KeyLost: no key that is configured opens it
    :raises KeyUnusable: the configured key is none
    """
    if token.startswith(FORM):
        return token
    return encrypt(_opened(token).decode(), bound_to)


def _opened(token: str) -> bytes:
    keys = _keys()
    try:
        return keys.decrypt(token.encode())
    except InvalidToken:
        raise KeyLost() from None


def keyed_hash() -> Callable[[str], str]:
    """How texts are kept of which only may be told whether two are the same.

    The hash is keyed (RFC 2104), since names and addresses could be guessed from a
    plain one. With another first key all hashes are others.

    :return: callable from str to str
    :raises KeyUnusable: the configured key is none
    """
    _fernet(_key_texts()[0])
    key = hashlib.sha256(b"keyed hash" + _key_texts()[0].encode()).digest()

    def blind(text: str) -> str:
        digest = hmac.new(key, text.encode(), hashlib.sha256).digest()
        return base64.b64encode(digest[:18]).decode()

    return blind


def renew(token: str) -> str:
    """Encrypt a password with the first key, if it is not already.

    :param token: what :func:`encrypt` gave
    :return: the same token when there is nothing to do
    :raises KeyLost: no key that is configured opens it
    :raises KeyUnusable: the configured key is none
    """
    bare = token.removeprefix(FORM)
    try:
        _fernet(_key_texts()[0]).decrypt(bare.encode())
    except InvalidToken:
        form = FORM if token.startswith(FORM) else ""
        return form + _keys().encrypt(_opened(bare)).decode()
    return token


def _keys() -> MultiFernet:
    return MultiFernet([_fernet(text) for text in _key_texts()])


def _fernet(text: str) -> Fernet:
    try:
        return Fernet(text)
    except ValueError:
        raise KeyUnusable("What is configured as a key is none.") from None


def _key_texts() -> list[str]:
    configured = config.get(OPTION) or os.environ.get(VARIABLE) or _key_file()
    texts = [text.strip(BLANKS) for text in configured.split(",")]
    texts = [text for text in texts if text]
    if not texts:
        raise KeyUnusable()
    return texts


def _key_file() -> str:
    """Read the key from its file, and make one if there is none.

    :raises KeyUnusable: it says nothing of what the file holds
    """
    path = Path(config["data_dir"]) / FILE_NAME
    try:
        if not path.exists():
            _create_key_file(path)
    except OSError as error:
        raise KeyFileNotMade(f"{path}: {error.strerror}") from None
    try:
        return _text(path.read_bytes())
    except OSError as error:
        raise KeyFileUnreadable(f"{path}: {error.strerror}") from None


def _text(content: bytes) -> str:
    """Editors may put a byte-order mark before the text, or write UTF-16."""
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if utf16 else "utf-8-sig", errors="replace")
    return ",".join(text.split())


def _create_key_file(path: Path) -> None:
    """A complete file appears at once, and never replaces one that is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp opens with O_EXCL and mode 0600.
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=FILE_NAME)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(Fernet.generate_key() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    except FileExistsError:
        # Another process was faster: its key is the one.
        return
    finally:
        os.unlink(temporary)
