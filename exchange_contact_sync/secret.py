# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Passwords at rest: encrypted with a key that never lies in the database.

The key is looked for in Odoo's configuration file, then in the environment; when
nobody set one, a file in Odoo's data folder holds it, outside of every database and
filestore, so that a dump never carries it. Several keys, separated by commas, are
for changing the key: the first one encrypts, all of them decrypt.

These are functions of a module and not methods of a model on purpose: a server
action of an administrator can call any method of any model, but import nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from odoo.tools import config

from .core.errors import NeedsTheUser

OPTION = "exchange_contact_sync_key"
VARIABLE = "EXCHANGE_CONTACT_SYNC_KEY"
FILE_NAME = "exchange_contact_sync.key"


class KeyUnusable(NeedsTheUser):
    """What is configured as a key is none."""

    code = "key_unusable"


class KeyLost(NeedsTheUser):
    """The password was encrypted with a key that this server does not have."""

    code = "key_lost"


def encrypt(text: str) -> str:
    """Make a password unreadable.

    :param text: str
    :return: str, another one each time
    :raises KeyUnusable: the configured key is none
    """
    return _keys().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Read a password again.

    :param token: str, what :func:`encrypt` gave
    :return: str
    :raises KeyLost: no key that is configured opens it
    :raises KeyUnusable: the configured key is none
    """
    try:
        return _keys().decrypt(token.encode()).decode()
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

    :param token: str, what :func:`encrypt` gave
    :return: str, the same token when there is nothing to do
    :raises KeyLost: no key that is configured opens it
    :raises KeyUnusable: the configured key is none
    """
    try:
        _fernet(_key_texts()[0]).decrypt(token.encode())
    except InvalidToken:
        return encrypt(decrypt(token))
    return token


def _keys() -> MultiFernet:
    return MultiFernet([_fernet(text) for text in _key_texts()])


def _fernet(text: str) -> Fernet:
    try:
        return Fernet(text)
    except ValueError:
        raise KeyUnusable() from None


def _key_texts() -> list[str]:
    configured = config.get(OPTION) or os.environ.get(VARIABLE) or _key_file()
    texts = [text.strip() for text in configured.split(",") if text.strip()]
    if not texts:
        raise KeyUnusable()
    return texts


def _key_file() -> str:
    path = Path(config["data_dir"]) / FILE_NAME
    if not path.exists():
        _create_key_file(path)
    return path.read_text(encoding="ascii")


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
