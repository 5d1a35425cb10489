"""The colours of the picture of a way. Data.

The rules stand in the desk's style sheet too, where a page may bring no style of its own; a test compares them.
"""

from __future__ import annotations

import re

LIGHT = """
  --ink: #1d2b2f; --dim: #56676c; --line: #d5dee0; --paper: #fff; --ground: #f3f6f6; --brand: #0f5257;
  --bad: #a3201d; --bad-soft: #fdeceb; --warn: #7a4b00; --warn-soft: #fff3da; --good: #1c6b3a; --good-soft: #e4f4ea;
"""

DARK = """
  --ink: #e6eef0; --dim: #a3b4b9; --line: #34464b; --paper: #1a2529; --ground: #11191c; --brand: #6cc5c1;
  --bad: #ff9b94; --bad-soft: #40201f; --warn: #ffd48a; --warn-soft: #3d2f12; --good: #8fdcab; --good-soft: #17361f;
"""

RULES = """
.way { display: block; width: 100%; max-width: 30rem; height: auto; }
.way text { fill: var(--ink); font: 600 14px system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
.way .role, .way .wire { fill: var(--dim); font-size: 11.5px; font-weight: 400; }
.way .number { fill: var(--dim); font: 11.5px ui-monospace, "DejaVu Sans Mono", monospace; }
.way rect { fill: var(--paper); stroke: var(--line); stroke-width: 1.5; }
.way .own rect { stroke: var(--brand); }
.way .guessed rect { stroke-dasharray: 5 4; }
.way path { fill: none; stroke: var(--dim); stroke-width: 2; stroke-linejoin: round; }
.way .fiber { stroke-width: 3.5; } .way .radio { stroke-dasharray: 2 5; stroke-linecap: round; stroke-width: 3; }
.way .satelit { stroke-dasharray: 9 4; } .way .assumed { stroke-dasharray: 1 4; stroke-linecap: round; }
.way .bad rect { fill: var(--bad-soft); stroke: var(--bad); stroke-width: 3; }
.way .bad text.said { fill: var(--bad); }
.way .warn rect { fill: var(--warn-soft); stroke: var(--warn); stroke-width: 3; }
.way .warn text.said { fill: var(--warn); }
.way .good rect { fill: var(--good-soft); stroke: var(--good); } .way .good text.said { fill: var(--good); }
.way .unknown rect { fill: var(--ground); stroke-dasharray: 3 3; } .way text.said { font-size: 12.5px; }
.way path.bad { stroke: var(--bad); stroke-width: 5; } .way path.warn { stroke: var(--warn); stroke-width: 5; }
.way path.good { stroke: var(--good); }
.way path.unknown { stroke: var(--line); }
.way .wire.bad { fill: var(--bad); font-weight: 600; } .way .wire.warn { fill: var(--warn); font-weight: 600; }
"""


def _printed() -> str:
    """Return the rules for a picture that stands alone on paper: without variables and short forms, in few colours.

    Without a size in the rules: it has its own, and in an engine that took "auto" for none nothing would be drawn.
    """
    colours = dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]+);", LIGHT))
    rules = re.sub(r"var\((--[a-z-]+)\)", lambda found: colours[found[1]], RULES)
    rules = re.sub(r"font: (?:(\d+) )?([\d.]+px) [^;]+;", _long, rules)
    return re.sub(r"\.way \{[^}]*\}\n", "", rules, count=1)


def _long(found: re.Match[str]) -> str:
    return f"font-family: 'Pulih Sans', sans-serif; font-size: {found[2]}; font-weight: {found[1] or 400};"


PRINTED = _printed()
