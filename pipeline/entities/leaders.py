"""区领导, 县领导 and their like are titles where names are attached (docs/annotation.md): 甲、乙等区领导; 市领导甲、乙."""

from __future__ import annotations

import re
from collections.abc import Sequence

Span = tuple[str, int, int, float]
"""Label, start, end and score of a mention."""
LEADERS = re.compile(r"[省市区县州旗盟镇乡]领导(?!班子|干部|小组|人|下|力|机关|职务|责任|岗位)")
ETC = r"\s*等\s*(?:几位|(?:\d+|[一二两三四五六七八九十]+)\s*[位名])?\s*"
"""What stands between a list of names and the title that they share: 等, 等3名, 等三位."""
BEFORE = re.compile(ETC)
AFTER = re.compile(r"[\s:：]*")
SCORE = 0.9


def name_leaders(text: str, spans: Sequence[Span]) -> list[Span]:
    """`spans` with a TITLE for each such word that stands by a name and that none of them holds whole, in order."""
    starts = {start for label, start, _, _ in spans if label == "PERSON"}
    ends = [end for label, _, end, _ in spans if label == "PERSON"]
    found = list(spans)
    for match in LEADERS.finditer(text):
        low, high = match.span()
        closes = any(end <= low and BEFORE.fullmatch(text, end, low) for end in ends if end > low - 12)
        after = AFTER.match(text, high)
        if not closes and (after is None or after.end() not in starts):
            continue
        if any(start <= low and high <= end for _, start, end, _ in found):
            continue
        found = [span for span in found if span[2] <= low or span[1] >= high]
        found.append(("TITLE", low, high, SCORE))
    return sorted(found, key=lambda span: span[1])
