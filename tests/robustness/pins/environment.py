# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A new virtual environment, and what pip does in it."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[3]
REQUIREMENTS = ROOT / "requirements.txt"
HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
"""The version of Python with which the tests run."""

WORKS = """
import lxml.etree, requests, zeep
from OpenSSL import SSL, crypto
crypto.PKey().generate_key(crypto.TYPE_RSA, 2048)
SSL.Context(SSL.TLS_METHOD)
import exchangelib, phonenumbers, requests_ntlm, spnego
from cryptography import x509
from cryptography.fernet import Fernet, MultiFernet
keys = MultiFernet([Fernet(Fernet.generate_key()), Fernet(Fernet.generate_key())])
assert keys.decrypt(keys.rotate(keys.encrypt(b"secret"))) == b"secret"
client = spnego.client("anna", "password", "host", protocol="ntlm")
assert client.step().startswith(b"NTLMSSP")
import jwt, msal
from cryptography.hazmat.primitives.asymmetric import rsa
key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
assert jwt.encode({"iss": "application"}, key, algorithm="PS256")
"""
"""How Odoo (mail, zeep) and the addon use these packages; the NTLM hash needs MD4 and
RC4, which newer libraries moved or removed."""


class Environment:
    def __init__(self, folder: Path) -> None:
        venv.create(folder, with_pip=True)
        self._python = folder / "bin" / "python"

    def install(self, *arguments: str) -> None:
        """Run ``pip install``.

        :raises CalledProcessError: pip refuses
        """
        self._run("-m", "pip", "install", "--quiet", "--no-input", *arguments)

    def installed(self) -> dict[str, str]:
        """Return the versions of the installed packages by lower-case name."""
        listing = self._run("-m", "pip", "list", "--format=json")
        return {row["name"].lower(): row["version"] for row in json.loads(listing)}

    def conflicts(self) -> str:
        """Return the problems that ``pip check`` reports, "" if there are none."""
        command = [str(self._python), "-m", "pip", "check"]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        return result.stdout if result.returncode else ""

    def work(self) -> None:
        """Use the packages.

        :raises CalledProcessError: they cannot be used
        """
        self._run("-W", "ignore", "-c", WORKS)

    def _run(self, *arguments: str) -> str:
        command = [str(self._python), *arguments]
        return subprocess.run(
            command, stdout=subprocess.PIPE, text=True, check=True
        ).stdout


def resolves_for(python: str, *requirements: str, folder: Path) -> str:
    """Ask pip whether wheels for another Python are compatible, without installing
    them.

    :param folder: not created
    :return: the reason why they are not, "" if they are
    """
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet"]
    command += ["--no-input", "--ignore-installed", "--only-binary=:all:"]
    command += [f"--python-version={python}", f"--target={folder}"]
    command += [*requirements, "-r", str(REQUIREMENTS)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.stderr if result.returncode else ""
