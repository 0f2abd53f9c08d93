# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""TLS with a certificate authority that the server creates.

Clients have to trust that authority explicitly: its certificate is available as PEM, so
that tests can use clients that trust it and clients that do not.
"""

from __future__ import annotations

import ssl
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


class CertificateAuthority:
    """A root certificate with its key, created for each server."""

    def __init__(self, name: str = "Exchange simulator test authority") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(name)
        self.certificate = self._sign_root()

    @property
    def pem(self) -> bytes:
        """The root certificate, to be trusted by clients."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def server_context(
        self, names: Sequence[str] = LOCAL_NAMES, days: int = 30
    ) -> ssl.SSLContext:
        """A server's TLS settings with a certificate of this authority.

        :param names: host names and IP addresses that the certificate is for
        :param days: how long it is valid from now; negative: since when it is not
        """
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._sign_server(key, names, days)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        # The ssl module reads certificates and keys from files only.
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "server.pem"
            path.write_bytes(_private_pem(key) + _pem(certificate) + self.pem)
            context.load_cert_chain(path)
        return context

    def _sign_root(self) -> x509.Certificate:
        usage = _key_usage(digital_signature=True, key_cert_sign=True, crl_sign=True)
        public = self._key.public_key()
        return (
            _builder(self._name, self._name, public, timedelta(days=3650))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
            .add_extension(usage, True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), False)
            .sign(self._key, hashes.SHA256())
        )

    def _sign_server(
        self, key: ec.EllipticCurvePrivateKey, names: Sequence[str], days: int
    ) -> x509.Certificate:
        # The key identifiers are what OpenSSL's strict checks ask for, which Python
        # switches on from 3.13 (ssl.create_default_context).
        public = key.public_key()
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(
            self._key.public_key()
        )
        return (
            _builder(_name(names[0]), self._name, public, timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
            .add_extension(_key_usage(digital_signature=True), True)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False
            )
            .add_extension(x509.SubjectAlternativeName(map(_alternative, names)), False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), False)
            .add_extension(issuer, False)
            .sign(self._key, hashes.SHA256())
        )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public_key: ec.EllipticCurvePublicKey,
    validity: timedelta,
) -> x509.CertificateBuilder:
    """What all certificates have; a negative validity ends in the past."""
    now = datetime.now(timezone.utc)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - abs(validity) - timedelta(days=1))
        .not_valid_after(now + validity)
    )


def _key_usage(**on: bool) -> x509.KeyUsage:
    flags = (
        "digital_signature content_commitment key_encipherment data_encipherment "
        "key_agreement key_cert_sign crl_sign encipher_only decipher_only"
    ).split()
    return x509.KeyUsage(**{flag: on.get(flag, False) for flag in flags})


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
