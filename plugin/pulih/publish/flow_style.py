"""The colours and letters of the procedure's picture. Data.

The tones are those of `wiki/assets/pulih.css`; on the wiki, that file sets the same names for both schemes.
"""

LIGHT = """
  --ink: #16242a; --quiet: #46606a; --line: #4d6b76; --paper: #fff;
  --one: #2c4a7c; --two: #0b6477; --three: #85550f;
  --one-pale: #eef2fa; --two-pale: #e9f4f6; --three-pale: #fbf3e6;
"""

DARK = """
  --ink: #e6eef0; --quiet: #b3c7cd; --line: #8fb0ba; --paper: #1c2a31;
  --one: #4a6fae; --two: #1a788d; --three: #96651a;
  --one-pale: #1a2436; --two-pale: #12292f; --three-pale: #2c2416;
"""

# Where the picture stands alone it follows the reader's system; paper is always white.
OWN_COLOURS = f"""
.alur {{{LIGHT}}}
@media screen and (prefers-color-scheme: dark) {{
.alur {{{DARK}}}
}}"""

RULES = """
.alur text { fill: var(--ink); font: 13px system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif }
.alur .judul { font-size: 16px; font-weight: 600 }
.alur .kecil { fill: var(--quiet) }
.alur .pita { font-weight: 600 }
.alur .nomor { fill: #fff; font-size: 14px; font-weight: 700; text-anchor: middle }
.alur .tengah { text-anchor: middle }
.alur .kiri { text-anchor: end }
.alur .kotak { fill: var(--paper); stroke-width: 1.5 }
.alur .garis { fill: none; stroke: var(--line); stroke-width: 1.8; stroke-linejoin: round }
.alur .putus { stroke-dasharray: 5 4 }
.alur .panah { fill: var(--line) }
.alur .r1 { fill: var(--one-pale) } .alur .r2 { fill: var(--two-pale) } .alur .r3 { fill: var(--three-pale) }
.alur .t1 { fill: var(--one) } .alur .t2 { fill: var(--two) } .alur .t3 { fill: var(--three) }
.alur .g1 { stroke: var(--one) } .alur .g2 { stroke: var(--two) } .alur .g3 { stroke: var(--three) }
"""
