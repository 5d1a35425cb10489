"""Certificates for the lab's servers, made with openssl: a good one, an expired one, a stranger's."""

import ssl
from dataclasses import dataclass
from pathlib import Path

from lab.namespaces import run

CONFIG = """
[ca]
default_ca = lab
[lab]
new_certs_dir = {folder}
database = {folder}/index.txt
rand_serial = yes
default_md = sha256
policy = anything
copy_extensions = copy
unique_subject = no
[anything]
commonName = supplied
"""
LONG = "20200101000000Z", "20991231000000Z"
OVER = "20200101000000Z", "20200201000000Z"


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files in a folder. ``ca`` is what a probe must trust."""

    folder: Path

    @property
    def ca(self) -> Path:
        return self.folder / "ca.pem"

    def make(self, addresses: list[str]) -> None:
        """Make them all, for servers at these addresses."""
        folder = self.folder
        (folder / "index.txt").write_text("")
        (folder / "ca.cnf").write_text(CONFIG.format(folder=folder))
        self._own("ca", "Lab CA")
        self._own("stranger", "masuk.penyedia.test")
        names = ",".join(f"IP:{address}" for address in addresses)
        request = folder / "server.csr"
        run("openssl", "req", *_key(folder / "server.key"), "-out", f"{request}",
            "-subj", "/CN=lab", "-addext", f"subjectAltName={names}")  # fmt: skip
        for name, (start, end) in (("server", LONG), ("expired", OVER)):
            run("openssl", "ca", "-batch", "-notext", "-config", f"{folder}/ca.cnf",
                "-cert", f"{self.ca}", "-keyfile", f"{folder}/ca.key", "-in", f"{request}",
                "-out", f"{folder}/{name}.pem", "-startdate", start, "-enddate", end)  # fmt: skip

    def server(self, *, expired: bool = False) -> ssl.SSLContext:
        return self._context("expired" if expired else "server", "server")

    def stranger(self) -> ssl.SSLContext:
        return self._context("stranger", "stranger")

    def _own(self, name: str, subject: str) -> None:
        run("openssl", "req", "-x509", *_key(self.folder / f"{name}.key"), "-days", "3650",
            "-out", f"{self.folder}/{name}.pem", "-subj", f"/CN={subject}")  # fmt: skip

    def _context(self, certificate: str, key: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{certificate}.pem", self.folder / f"{key}.key")
        return context


def _key(path: Path) -> tuple[str, ...]:
    return ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{path}")
