"""A photograph made anew: smaller, upright, without what the camera noted. Only here is Pillow touched."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image, ImageDraw

# What is read at all: a small file may claim to be a wall of pixels. Pillow's own limit warns first and refuses at
# twice as many; ours is lower, and looked at before a pixel is read.
_MOST_PIXELS = 64_000_000
Image.MAX_IMAGE_PIXELS = None

_KINDS = ("JPEG", "PNG")  # as attachments may be; each reader more is one more that may be tricked
_QUALITY = 82
_ORIENTATION = 0x0112
_UPRIGHT: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_GREY, _LINE = (226, 230, 232), (150, 158, 162)


def photograph(content: bytes, side: int) -> bytes | None:
    """Return a JPEG of at most so many pixels a side; None where the content is no picture that can be trusted.

    The same content gives the same bytes with the same Pillow. Nothing but pixels goes over: no place, no camera, no
    comment, no hidden second picture.
    """
    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as image:
            if image.width * image.height > _MOST_PIXELS:
                return None
            turn = _UPRIGHT.get(_orientation(image))
            image.draft("RGB", (side, side))  # a JPEG is read no larger than needed
            return _kept(_flat(_fitting(image, side)), turn)
    except Exception:  # noqa: BLE001 - a hostile file makes its reader raise anything
        return None


def grey(content: bytes, side: int) -> tuple[bytes, int, int] | None:
    """Return grey pixels row by row, their width and height, of at most so many a side; None as `photograph`."""
    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as image:
            if image.width * image.height > _MOST_PIXELS:
                return None
            image.draft("L", (side, side))
            flat = _flat(_fitting(image, side)).convert("L")
            return flat.tobytes(), flat.width, flat.height
    except Exception:  # noqa: BLE001 - as above
        return None


def nothing_to_see(side: int) -> bytes:
    """Return a tile that stands for a picture which cannot be shown."""
    wide, high = side, side * 5 // 8
    tile = Image.new("RGB", (wide, high), _GREY)
    pen, edge = ImageDraw.Draw(tile), side // 20
    box = (edge, edge, wide - edge, high - edge)
    pen.rectangle(box, outline=_LINE, width=max(1, side // 160))
    pen.line((edge, high - edge, wide - edge, edge), fill=_LINE, width=max(1, side // 160))
    return _kept(tile, None)


def _orientation(image: Image.Image) -> int:
    """Return how the camera was held; a note that cannot be read is no reason to lose the picture."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - as above
        return 1


def _fitting(image: Image.Image, side: int) -> Image.Image:
    if image.mode in {"1", "P"}:  # colours by number cannot be mixed
        image = image.convert("RGBA")
    elif image.mode.startswith("I"):  # sixteen bits of grey, which `convert` would cut off at 255
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return image


def _flat(image: Image.Image) -> Image.Image:
    """Return the pixels alone, on white: a new picture has no notes that could go along."""
    sheet = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        sheet.paste(image, mask=image.getchannel("A"))
    else:
        sheet.paste(image.convert("RGB"))
    return sheet


def _kept(image: Image.Image, turn: Image.Transpose | None) -> bytes:
    if turn is not None:
        image = image.transpose(turn)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return file.getvalue()
