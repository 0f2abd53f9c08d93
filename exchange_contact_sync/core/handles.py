# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Secrets that travel through the program without being seen.

What is passed around is a handle. It has nothing to read: no attribute, no text, and it
is neither copied nor stored. Only :func:`reveal` opens it, which the code of a
connection calls when it signs in. That is a function of a module on purpose: a server
action of an administrator can get hold of what methods of models return, but imports
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary


class SecretHandle:
    """Stands for a secret; true when there is one."""

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
    """:param text: str, a secret that was typed just now; "" for none
    :return: SecretHandle
    """
    handle = SecretHandle()
    if text:
        _openers[handle] = lambda: text
    return handle


def held(secret: SecretHandle | str) -> SecretHandle:
    """Make a handle of a secret that may be one already."""
    return hold(secret) if isinstance(secret, str) else secret


def sealed(opener: Callable[[], str]) -> SecretHandle:
    """:param opener: callable without arguments that decrypts the secret
    :return: SecretHandle
    """
    handle = SecretHandle()
    _openers[handle] = opener
    return handle


def reveal(handle: SecretHandle) -> str:
    """:param handle: SecretHandle
    :return: str, the secret; "" when there is none
    :raises SyncError: it can no longer be decrypted
    """
    opener = _openers.get(handle)
    return opener() if opener else ""
