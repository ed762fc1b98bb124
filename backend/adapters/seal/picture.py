"""The picture of a round official seal (公章) as SVG. Pure.

The sample county's seals always say 演示: nothing printed here may pass for a real county's.
"""

import math
from xml.sax.saxutils import escape

RED = "#c8161d"
SIZE = 320.0
FONT = "Noto Sans CJK SC"


def seal_svg(ring: str, caption: str) -> str:
    """Draw ring, star, the authority's name along the upper arc and a caption below the star."""
    middle = SIZE / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE:.0f}" height="{SIZE:.0f}">',
        f'<circle cx="{middle}" cy="{middle}" r="{middle - 5}" fill="none" stroke="{RED}" stroke-width="7"/>',
        f'<polygon points="{_star(middle, middle - 6)}" fill="{RED}"/>',
        *_arc(ring, middle),
        _letter(caption, middle, SIZE * 0.765, size=SIZE * 0.075),
        "</svg>",
    ]
    return "".join(parts)


def _star(x: float, y: float) -> str:
    """Five points, one upright, a third of the seal wide."""
    outer, inner = SIZE * 0.155, SIZE * 0.0592
    corners = ((radius, math.radians(-90 + 36 * place)) for place, radius in enumerate([outer, inner] * 5))
    return " ".join(f"{x + r * math.cos(a):.2f},{y + r * math.sin(a):.2f}" for r, a in corners)


def _arc(text: str, middle: float) -> list[str]:
    """The signs along the arc, feet towards the middle, symmetrical about the top."""
    radius = SIZE * 0.375
    span = min(276.0, 22.0 * (len(text) - 1)) if len(text) > 1 else 0.0
    size = SIZE * (0.118 if len(text) <= 13 else 0.118 * 13 / len(text))
    step = span / max(len(text) - 1, 1)
    return [
        _letter(
            sign,
            middle + radius * math.cos(math.radians(angle)),
            middle + radius * math.sin(math.radians(angle)),
            size=size,
            turned=angle + 90,
        )
        for sign, angle in ((sign, -90 - span / 2 + step * place) for place, sign in enumerate(text))
    ]


def _letter(text: str, x: float, y: float, *, size: float, turned: float = 0.0) -> str:
    turn = f' transform="rotate({turned:.2f} {x:.2f} {y:.2f})"' if turned else ""
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="{FONT}" font-size="{size:.1f}" fill="{RED}" '
        f'stroke="{RED}" stroke-width="0.7" text-anchor="middle" dominant-baseline="central"{turn}>'
        f"{escape(text)}</text>"
    )
