# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Handles for secrets, so that they can be passed around without being readable.

A handle has no attribute or text that contains the secret, and it can be neither copied
nor stored. Only :func:`reveal` returns the secret; the code of a connection calls it to
sign in. It is a module function on purpose: a server action that an administrator
writes can access the results of model methods, but cannot import anything.
"""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary


class SecretHandle:
    """A handle for a secret; true if there is one."""

    __slots__ = ("__weakref__",)

    def __repr__(self) -> str:
        return "<secret>"

    def __bool__(self) -> bool:
        return self in _openers

    def __reduce_ex__(self, protocol: object) -> str:
        """:raises TypeError: always"""
        raise TypeError("A secret is neither copied nor stored.")


_openers: WeakKeyDictionary[SecretHandle, Callable[[], str]] = WeakKeyDictionary()


def hold(text: str) -> SecretHandle:
    """Return a handle for a secret that a user has just entered; "" for none."""
    handle = SecretHandle()
    if text:
        _openers[handle] = lambda: text
    return handle


def held(secret: SecretHandle | str) -> SecretHandle:
    """Return a handle for a secret that may already be one."""
    return hold(secret) if isinstance(secret, str) else secret


def sealed(opener: Callable[[], str]) -> SecretHandle:
    """Return a handle for an encrypted secret.

    :param opener: decrypts the secret
    """
    handle = SecretHandle()
    _openers[handle] = opener
    return handle


def reveal(handle: SecretHandle) -> str:
    """Return the secret of a handle, "" if there is none.

    :raises SyncError: the secret can no longer be decrypted
    """
    opener = _openers.get(handle)
    return opener() if opener else ""
