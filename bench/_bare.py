"""The peer of a desk page: an application of one page that does nothing, under the desk's own server.

python _bare.py PORT BYTES
"""

from __future__ import annotations

import sys

from flask import Flask
from waitress import serve

_THREADS = 8  # as an office has, unless told otherwise


def main(port: int, size: int) -> None:
    app, page = Flask(__name__), "x" * size
    app.add_url_rule("/", "page", lambda: page)
    serve(app, host="127.0.0.1", port=port, threads=_THREADS)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
