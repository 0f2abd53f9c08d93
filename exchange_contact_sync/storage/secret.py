# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Encrypt stored passwords with a key that is never in the database.

The key is read from Odoo's configuration file, then from the environment. If it is set
in neither, a file in Odoo's data folder holds it, outside of every database and
filestore, so that a dump never contains it. Several keys, separated by commas, allow
changing the key: the first one encrypts, and all of them decrypt.

A password is encrypted together with its purpose, and is not decrypted for any other
purpose (``use_cases/credentials.py`` defines it).

These are deliberately functions of a module and not methods of a model: a server action
of an administrator can call any method of any model, but cannot import modules.
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
"""Characters that are ignored around a key, including a byte-order mark."""

FORM = "2:"
"""The prefix of a password that is bound to its purpose; version 1 was not bound."""


class KeyUnusable(NeedsTheUser):
    """The configured key is not a valid key."""

    code = "key_unusable"


class KeyFileUnreadable(KeyUnusable):
    """The path of the key file is a folder, or Odoo may not read the file."""

    code = "key_file_unreadable"


class KeyFileNotMade(KeyUnusable):
    """There is no key yet, and the key file cannot be written."""

    code = "key_file_not_made"


class KeyLost(NeedsTheUser):
    """The password was encrypted with a key that this server does not have."""

    code = "key_lost"


class SavedForAnother(NeedsTheUser):
    """The password was saved for another server or for another record."""

    code = "saved_for_another"


def encrypt(text: str, bound_to: str) -> str:
    """Encrypt a password.

    :param bound_to: the purpose, without which it cannot be decrypted; authenticated
    :return: a different text each time
    :raises KeyUnusable: the configured key is not valid
    """
    payload = json.dumps([bound_to, text]).encode()
    return FORM + _keys().encrypt(payload).decode()


def decrypt(token: str, bound_to: str) -> str:
    """Decrypt a password.

    :param token: the result of :func:`encrypt`
    :param bound_to: the same as for encryption
    :raises KeyLost: no configured key opens it
    :raises KeyUnusable: the configured key is not valid
    :raises SavedForAnother: it is bound to another purpose, or to none
    """
    payload = _opened(token.removeprefix(FORM))
    if not token.startswith(FORM):
        raise SavedForAnother()
    bound, text = json.loads(payload)
    if bound != bound_to:
        raise SavedForAnother()
    return str(text)


def handle(token: str, bound_to: str) -> SecretHandle:
    """Return a saved password for a connection, which decrypts it to sign in.

    :param token: the result of :func:`encrypt`
    :param bound_to: the same as for encryption
    :raises SyncError: as :func:`decrypt`, before any request is sent
    """
    decrypt(token, bound_to)
    return sealed(partial(decrypt, token, bound_to))


def bind(token: str, bound_to: str) -> str:
    """Bind a password that was saved by a version before 19.0.1.4.0.

    For upgrades only: a password that is not bound is no longer used.

    :return: like :func:`encrypt`; the same token if it is already bound
    :raises KeyLost: no configured key opens it
    :raises KeyUnusable: the configured key is not valid
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
    """Return a function that hashes texts, so that they can be compared but not read.

    The hash is keyed (RFC 2104), because names and addresses could be guessed from a
    plain one. With another first key, all hashes are different.

    :raises KeyUnusable: the configured key is not valid
    """
    _fernet(_key_texts()[0])
    key = hashlib.sha256(b"keyed hash" + _key_texts()[0].encode()).digest()

    def blind(text: str) -> str:
        digest = hmac.new(key, text.encode(), hashlib.sha256).digest()
        return base64.b64encode(digest[:18]).decode()

    return blind


def renew(token: str) -> str:
    """Encrypt a password with the first key, unless it already is.

    :param token: the result of :func:`encrypt`
    :return: the same token if there is nothing to do
    :raises KeyLost: no configured key opens it
    :raises KeyUnusable: the configured key is not valid
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
        raise KeyUnusable("The configured key is not a valid key.") from None


def _key_texts() -> list[str]:
    configured = config.get(OPTION) or os.environ.get(VARIABLE) or _key_file()
    texts = [text.strip(BLANKS) for text in configured.split(",")]
    texts = [text for text in texts if text]
    if not texts:
        raise KeyUnusable()
    return texts


def _key_file() -> str:
    """Return the content of the key file, and create the file if there is none.

    :raises KeyUnusable: the message never contains the content of the file
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
    """Decode the file: editors may add a byte-order mark, or write UTF-16."""
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if utf16 else "utf-8-sig", errors="replace")
    return ",".join(text.split())


def _create_key_file(path: Path) -> None:
    """Create the key file in one step, and never replace an existing one."""
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
        # Another process created the file first; its key is used.
        return
    finally:
        os.unlink(temporary)
