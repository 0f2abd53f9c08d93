# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The NTLM scheme over HTTP (MS-NTHT), with pyspnego as the server.

A client sends NEGOTIATE, gets CHALLENGE, sends AUTHENTICATE (MS-NLMP 1.3.1.1).
pyspnego's acceptor reads the users' password hashes from the file that the
environment variable NTLM_USER_FILE names. That variable belongs to the whole
process, but two servers in one process must not know each other's users: so each
step gets a file of its own with no other user in it, under a lock.
"""

from __future__ import annotations

import base64
import binascii
import os
import struct
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import spnego

# Two private modules: pyspnego's public interface offers no way to learn the user's
# name before the hash is needed, nor to write a password with a colon to the file.
from spnego._ntlm_raw.crypto import ntowfv1
from spnego._ntlm_raw.messages import Authenticate
from spnego.exceptions import SpnegoError

if TYPE_CHECKING:
    from ..exchange import Exchange
    from ..store.mailbox import Mailbox

USER_FILE = "NTLM_USER_FILE"
SIGNATURE = b"NTLMSSP\0"
NEGOTIATE, AUTHENTICATE = 1, 3
_lock = threading.Lock()


@dataclass(frozen=True)
class Handshake:
    """A handshake that waits for the client's AUTHENTICATE message."""

    context: spnego.ContextProxy
    challenge: str


def step(
    token: str, handshake: Handshake | None, exchange: Exchange
) -> Handshake | Mailbox | None:
    """Take the client's next message.

    :param token: the base64 text after "NTLM" in the Authorization header
    :param handshake: what the connection's last NEGOTIATE began, if anything
    :returns: a handshake to continue, the mailbox of an authenticated user, or None if
    the message does not authenticate a user
    """
    try:
        message = base64.b64decode(token, validate=True)
        kind = _kind(message)
        if kind == NEGOTIATE:
            return _challenge(message)
        if kind == AUTHENTICATE and handshake:
            return _verify(message, handshake.context, exchange)
    except (binascii.Error, struct.error, SpnegoError, ValueError):
        return None  # the caller answers 401 with the challenges
    return None


def _kind(message: bytes) -> int:
    """The MessageType (MS-NLMP 2.2.1), 0 when this is no NTLM message."""
    if not message.startswith(SIGNATURE) or len(message) < 12:
        return 0
    return struct.unpack_from("<I", message, len(SIGNATURE))[0]


def _challenge(message: bytes) -> Handshake:
    with _user_file(""):
        context = spnego.server(protocol="ntlm")
        challenge = context.step(message)
    return Handshake(context, base64.b64encode(challenge or b"").decode())


def _verify(
    message: bytes, context: spnego.ContextProxy, exchange: Exchange
) -> Mailbox | None:
    authenticate = Authenticate.unpack(message)
    username = authenticate.user_name or ""
    if authenticate.domain_name:
        username = f"{authenticate.domain_name}\\{username}"
    password = exchange.password_of(username) if username else None
    if password is None:
        return None
    with _user_file(_line(username, password)):
        context.step(message)
    return exchange.check_password(username, password)


def _line(username: str, password: str) -> str:
    """A line in the format of smbpasswd; an LM hash of zeros is never matched."""
    nt_hash = ntowfv1(password).hex().upper()
    return f"{username}:0:{'0' * 32}:{nt_hash}:[U]:LCT-00000000"


@contextmanager
def _user_file(line: str) -> Iterator[None]:
    """Let pyspnego know exactly one user, and restore the environment afterwards."""
    with _lock, tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        before = os.environ.get(USER_FILE)
        os.environ[USER_FILE] = file.name
        try:
            yield
        finally:
            if before is None:
                del os.environ[USER_FILE]
            else:
                os.environ[USER_FILE] = before
