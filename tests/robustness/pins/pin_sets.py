# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The versions that Odoo 19's requirements.txt pins, by Python.

The list contains the packages that the addon also requires, and those that break with
another version of these. Odoo raised some pins after its release; both are in use.
https://github.com/odoo/odoo/blob/19.0/requirements.txt
"""

from __future__ import annotations

from dataclasses import dataclass

OPENSSL = ("cryptography", "pyopenssl")
"""Pins that must not change: with another combination, importing ``OpenSSL`` may
fail."""


@dataclass(frozen=True)
class PinSet:
    """The packages that a host has installed for Odoo.

    :param python: version, such as "3.11"
    :param released: whether as at the release of Odoo 19, or as raised since
    :param raised: names of packages that the requirements have to raise
    :param built: names of packages without a wheel for this Python, which a host
        builds itself
    """

    python: str
    released: bool
    pins: tuple[str, ...]
    raised: tuple[str, ...] = ()
    built: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.python}-{'released' if self.released else 'raised'}"


JAMMY = (
    "chardet==4.0.0",
    "idna==2.10",
    "lxml==4.8.0",
    "python-dateutil==2.8.1",
    "requests==2.25.1",
    "zeep==4.1.0",
)
BOOKWORM = (
    "chardet==5.2.0",
    "idna==2.10",
    "lxml==4.9.3",
    "python-dateutil==2.8.2",
    "requests==2.31.0",
    "zeep==4.2.1",
)
NOBLE = (
    "chardet==5.2.0",
    "idna==3.6",
    "lxml==5.2.1",
    "python-dateutil==2.8.2",
    "requests==2.31.0",
    "zeep==4.2.1",
)
TRIXIE = (*NOBLE[:-1], "zeep==4.3.1")
OLD = ("cryptography==3.4.8", "pyopenssl==21.0.0", "urllib3==1.26.5")
OLD_RAISED = ("cryptography==46.0.5", "pyopenssl==26.0.0", "urllib3==1.26.20")
NEW = ("cryptography==42.0.8", "pyopenssl==24.1.0", "urllib3==2.0.7")
NEW_RAISED = ("cryptography==46.0.5", "pyopenssl==26.0.0", "urllib3==2.6.3")

PIN_SETS = (
    # exchangelib needs requests 2.31.
    PinSet("3.10", True, (*JAMMY, *OLD), raised=("requests",)),
    PinSet("3.10", False, (*JAMMY, *OLD_RAISED), raised=("requests",)),
    PinSet("3.11", True, (*BOOKWORM, *OLD)),
    PinSet("3.11", False, (*BOOKWORM, *OLD_RAISED)),
    PinSet("3.12", True, (*NOBLE, *NEW)),
    PinSet("3.12", False, (*NOBLE, *NEW_RAISED)),
    PinSet("3.13", True, (*TRIXIE, *NEW), built=("lxml",)),
    PinSet("3.13", False, (*TRIXIE, *NEW_RAISED), built=("lxml",)),
)
