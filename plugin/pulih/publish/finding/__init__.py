"""The search of the published site: an index in plain script files, which a page loads with `<script>`.

So it needs no server and no other program, works from a folder, and is built into the same site by whatever builds
the wiki. What stands where, and how large each part may grow:

    assets/cari/kata.js            the tables by which words are compared
    assets/cari/daftar.js          every case by number, agency, device kind and fault; what segments there are
    assets/cari/<segment>/<k>.js   which cases of a segment have which words, a part of the alphabet each
    assets/cari/<year>-baru.js     the same of the year's latest cases: the only segment that a new case changes
    assets/cari/isi/<year>/<n>.js  what four cases say, for the passage that is shown of them
    assets/cari/panduan.js, isi/panduan/…   the hand-written pages
"""

from __future__ import annotations

from pulih.publish.finding.analysis import Analyses
from pulih.publish.finding.sheets import FOLDER, search_sheets

__all__ = ["FOLDER", "Analyses", "search_sheets"]
