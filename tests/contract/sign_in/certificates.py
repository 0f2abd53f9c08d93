# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keys and certificates of applications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Certified:
    """A certificate and its private key, in PEM."""

    certificate: str
    key: str

    @classmethod
    def made(cls, days: int = 1, curve: bool = False) -> Certified:
        """Create a key and its certificate.

        :param days: validity of the certificate from now; negative: it has expired
        :param curve: create an elliptic-curve key instead of an RSA key
        """
        key = (
            ec.generate_private_key(ec.SECP256R1())
            if curve
            else rsa.generate_private_key(public_exponent=65537, key_size=2048)
        )
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Contact sync")])
        end = datetime.now(timezone.utc) + timedelta(days=days)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(end - timedelta(days=30))
            .not_valid_after(end)
            .sign(key, hashes.SHA256())
        )
        return cls(
            certificate.public_bytes(serialization.Encoding.PEM).decode(),
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ).decode(),
        )
