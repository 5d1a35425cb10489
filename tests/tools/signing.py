"""A signer of PDF for tests: keys and certificates made up on the spot, and known to nobody."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from loops import finished
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

PASSWORD = b"rahasia"


def signer(name: str = "Irawan Subekti") -> signers.SimpleSigner:
    """Return a signer with a key of its own, and a certificate that it issued to itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(made)
        .not_valid_after(made + timedelta(days=30))
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    with TemporaryDirectory() as folder:
        key_file, certificate_file = Path(folder, "key.pem"), Path(folder, "certificate.pem")
        key_file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.BestAvailableEncryption(PASSWORD),
            )
        )
        certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        return signers.SimpleSigner.load(
            str(key_file), str(certificate_file), key_passphrase=PASSWORD
        )


def signed(
    pdf: bytes, by: signers.SimpleSigner, field: str = "Tanda1", password: str | None = None
) -> bytes:
    """Return a PDF with a signature behind it, as signing outside leaves it: all that was there stays as it is."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    if password is not None:
        writer.encrypt(password)
    fields.append_signature_field(writer, fields.SigFieldSpec(field))
    meta = signers.PdfSignatureMetadata(field_name=field)
    out = finished(signers.async_sign_pdf(writer, meta, signer=by))
    return out.getvalue()
