# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Check a certificate before anything is signed with its key.

"Microsoft identity platform application authentication certificate credentials"
(https://learn.microsoft.com/entra/identity-platform/certificate-credentials): Microsoft
has only one error number (700027) for all problems of a certificate.
"""

from __future__ import annotations

from datetime import datetime, timezone

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from .errors import SecretExpired, SecretWrong


def check(certificate: str, private_key: str) -> None:
    """Check that assertions can be signed.

    :param certificate: in PEM
    :param private_key: in PEM, without a passphrase
    :raises SecretExpired: the certificate has expired
    :raises SecretWrong: one of them cannot be read, or they do not belong together
    """
    try:
        found = x509.load_pem_x509_certificate(certificate.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise SecretWrong("The certificate is not in PEM format.") from None
    try:
        key = load_pem_private_key(private_key.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        text = "The private key is not in PEM format, or has a passphrase."
        raise SecretWrong(text) from None
    public = found.public_key()
    if not isinstance(key, RSAPrivateKey) or not isinstance(public, RSAPublicKey):
        raise SecretWrong("The certificate is not for an RSA key.")
    if key.public_key().public_numbers() != public.public_numbers():
        raise SecretWrong("The private key is not that of the certificate.")
    if _end(found) <= datetime.now(timezone.utc):
        raise SecretExpired(f"The certificate expired at {_end(found):%Y-%m-%d %H:%M}.")


def _end(certificate: x509.Certificate) -> datetime:
    """Return the time at which the certificate expires."""
    if hasattr(certificate, "not_valid_after_utc"):
        return certificate.not_valid_after_utc
    # cryptography before 42, which Odoo pins for Python 3.11
    return certificate.not_valid_after.replace(tzinfo=timezone.utc)
