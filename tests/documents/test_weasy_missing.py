"""WeasyPrint where its libraries are not."""

from __future__ import annotations

CODE = """
import sys
sys.path.insert(0, sys.argv[1])
from pulih.documents.weasy import open_weasy
from pulih.errors import Unavailable
try:
    open_weasy()
except Unavailable as error:
    print(error.sentence)
"""


def test_without_pango_the_sentence_says_what_to_install(child, tmp_path):
    # As WeasyPrint does on a machine without it: importing it ends there.
    (tmp_path / "weasyprint.py").write_text(
        "raise OSError(\"cannot load library 'libpango-1.0-0'\")\n"
    )

    said, wrong = child(CODE, tmp_path).communicate(timeout=60)

    assert "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in said, wrong
