# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON Web Tokens (RFC 7515 and 7519): those the sign-in signs, those clients sign."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

_PADDINGS: Mapping[str, padding.AsymmetricPadding] = {
    "RS256": padding.PKCS1v15(),
    "PS256": padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH),
}


def encode(raw: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Bytes of base64url without padding.

    :raises ValueError: for anything else
    """
    padded = text + "=" * (-len(text) % 4)
    try:
        return base64.b64decode(padded, b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error


class SigningKey:
    """The key with which the sign-in signs identity tokens."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        public = self._key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.PKCS1
        )
        self.id = encode(hashlib.sha256(public).digest()[:20])

    def jwk(self, issuer: str) -> dict[str, str]:
        """The public key as discovery/v2.0/keys has it (RFC 7517)."""
        numbers = self._key.public_key().public_numbers()

        def number(value: int) -> str:
            return encode(value.to_bytes((value.bit_length() + 7) // 8, "big"))

        return {
            "kty": "RSA",
            "use": "sig",
            "kid": self.id,
            "x5t": self.id,
            "n": number(numbers.n),
            "e": number(numbers.e),
            "issuer": issuer,
        }

    def sign(self, claims: Mapping[str, object]) -> str:
        """A signed token."""
        header = {"typ": "JWT", "alg": "RS256", "kid": self.id}
        text = ".".join(encode(json.dumps(part).encode()) for part in (header, claims))
        signature = self._key.sign(text.encode(), _PADDINGS["RS256"], hashes.SHA256())
        return f"{text}.{encode(signature)}"


def claims_of(token: str, certificates: Iterable[str]) -> dict[str, object]:
    """The claims of a token that one of the certificates signed.

    :param certificates: PEM texts
    :raises ValueError: for an invalid token, or one that none of them signed
    """
    head, dot, signature = token.rpartition(".")
    first, _, second = head.partition(".")
    if not dot:
        raise ValueError("no token")
    header, claims = json.loads(decode(first)), json.loads(decode(second))
    scheme = _PADDINGS.get(header.get("alg"))
    if scheme is None:
        raise ValueError("no algorithm that is accepted")
    for pem in certificates:
        certificate = x509.load_pem_x509_certificate(pem.encode())
        if not _is_named(certificate, header):
            continue
        key = certificate.public_key()
        try:
            key.verify(decode(signature), head.encode(), scheme, hashes.SHA256())
        except InvalidSignature as error:
            raise ValueError("the signature is wrong") from error
        return claims
    raise ValueError("no certificate that is registered")


def _is_named(certificate: x509.Certificate, header: Mapping[str, str]) -> bool:
    """Whether a token's header names the certificate by its thumbprint."""
    for name, kind in (("x5t#S256", hashes.SHA256()), ("x5t", hashes.SHA1())):  # noqa: S303
        if name in header:
            # MSAL for Python leaves the padding on.
            return header[name].rstrip("=") == encode(certificate.fingerprint(kind))
    return False
