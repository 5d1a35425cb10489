"""A web server with moods: each path is treated in its own way. In threads, on loopback."""

import socket
import ssl
import subprocess
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

BODY = b"x" * 40_000
ANSWERS = {
    "/page": b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY),
    "/old": b"HTTP/1.0 200 OK\r\n\r\nhalo",
    "/nothing": b"HTTP/1.1 204 No Content\r\n\r\n",
    "/broken": b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
    "/away": b"HTTP/1.1 302 Found\r\nLocation: http://masuk.test/\r\nContent-Length: 0\r\n\r\n",
    "/on": b"HTTP/1.1 301 Moved\r\nLocation: /page\r\nContent-Length: 0\r\n\r\n",
    "/511": b"HTTP/1.1 511 Network Authentication Required\r\nContent-Length: 0\r\n\r\n",
    "/rubbish": b"\x00\xff" * 40 + b"\r\n\r\n",
    "/headless": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000,
    "/cut": b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\nhalf",
    "/closed": b"",
    "/banner": b"220 mail.test ESMTP\r\n",
    "/half": b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\nhalf",
    "/hang": b"",
}
STAY = ("/half", "/hang")  # says no more, and does not close


class Website:
    """Serves until closed; with a certificate, over TLS.

    Attributes:
        port: Where, on 127.0.0.1.
    """

    def __init__(self, certificate: Path | None = None) -> None:
        self._context = None
        if certificate:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate)
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._end = Event()
        self._threads = [Thread(target=self._serve)]
        self._threads[0].start()

    def close(self) -> None:
        self._end.set()
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
            pass
        for thread in tuple(self._threads):
            thread.join()
        self._server.close()

    def _serve(self) -> None:
        while not self._end.is_set():
            opened, _ = self._server.accept()
            thread = Thread(target=self._talk, args=(opened,))
            self._threads.append(thread)
            thread.start()

    def _talk(self, opened: socket.socket) -> None:
        with suppress(OSError, ssl.SSLError), opened:
            secured = opened
            if self._context:
                secured = self._context.wrap_socket(opened, server_side=True)
            with secured:
                words = secured.recv(4096).split(b" ")
                path = words[1].decode("latin-1") if len(words) > 1 else ""
                secured.sendall(ANSWERS.get(path, b""))
                if path in STAY:
                    self._end.wait(30)


CONFIG = """
[ca]
default_ca = self
[self]
database = {folder}/index.txt
new_certs_dir = {folder}
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
"""
ERAS = {
    "good": ("20200101000000Z", "20991231000000Z"),
    "expired": ("20200101000000Z", "20200201000000Z"),
}


def certificate(folder: Path, era: str) -> Path:
    """Make a certificate for 127.0.0.1 that signs itself, with its key in the same file."""
    folder.mkdir()
    (folder / "index.txt").write_text("")
    (folder / "ca.cnf").write_text(CONFIG.format(folder=folder))
    key, request, made = folder / "key.pem", folder / "request.pem", folder / "certificate.pem"
    _openssl(
        *("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
        *("-keyout", key, "-out", request, "-subj", "/CN=portal.test"),
        *("-addext", "subjectAltName=IP:127.0.0.1"),
    )
    start, end = ERAS[era]
    _openssl(
        *("ca", "-batch", "-notext", "-config", folder / "ca.cnf", "-selfsign", "-keyfile", key),
        *("-in", request, "-out", made, "-startdate", start, "-enddate", end),
    )
    made.write_text(made.read_text() + key.read_text())
    return made


def _openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=20)
