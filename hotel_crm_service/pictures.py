"""Pictures that guests send: looked at by content, never by name, and made anew. Plain Python, no Odoo.

What comes out is a JPEG of our own making: no script, no comment, no place where it was taken survives.

>>> from PIL import Image
>>> buffer = io.BytesIO()
>>> Image.new("RGB", (4000, 3000), "red").save(buffer, "PNG")
>>> made = make_anew(buffer.getvalue())
>>> Image.open(io.BytesIO(made)).format, Image.open(io.BytesIO(made)).size
('JPEG', (1920, 1440))
>>> def refuse(content):
...     try:
...         make_anew(content)
...     except PictureError as error:
...         return error.code
>>> refuse(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), refuse(b"")
('kind', 'empty')
"""

import io
import warnings

from PIL import Image, ImageOps

#: most pictures of one message, most bytes of each
MOST, SIZE_LIMIT = 8, 10_000_000
#: longest side of what is kept, in pixels
SIDE = 1920
QUALITY = 82
KINDS = ("JPEG", "PNG", "WEBP")
#: most pixels of a picture, by kind: a JPEG is read at the size that is kept, the others are unpacked whole
PIXELS = {"JPEG": 120_000_000, "PNG": 40_000_000, "WEBP": 40_000_000}


class PictureError(ValueError):
    """A picture that is not taken; ``code`` is empty, size, kind, pixels or broken."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def make_anew(content: bytes) -> bytes:
    """Return a picture as JPEG, turned upright, with at most SIDE pixels a side.

    :param content: the bytes of a JPEG, PNG or WebP file
    :raises PictureError: empty, too large, another kind, too many pixels, or it cannot be read
    """
    if not content:
        raise PictureError("empty")
    if len(content) > SIZE_LIMIT:
        raise PictureError("size")
    picture = _open(content)
    try:
        if picture.format == "JPEG":
            picture.draft("RGB", (SIDE, SIDE))
        picture = ImageOps.exif_transpose(picture)
        picture.thumbnail((SIDE, SIDE))
        buffer = io.BytesIO()
        _flatten(picture).save(buffer, "JPEG", quality=QUALITY, optimize=True)
    except Exception as error:  # whatever a broken file makes of its decoder
        raise PictureError("broken") from error
    return buffer.getvalue()


def _open(content):
    """Open a picture without unpacking it: only its head is read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=KINDS)
    except Image.DecompressionBombError as error:
        raise PictureError("pixels") from error
    except Exception as error:  # not one of these kinds, or a head that lies
        raise PictureError("kind") from error
    width, height = picture.size
    if width * height > PIXELS[picture.format]:
        raise PictureError("pixels")
    return picture


def _flatten(picture):
    """Return a picture without see-through parts, on white.

    >>> _flatten(Image.new("RGBA", (1, 1), (0, 0, 0, 0))).getpixel((0, 0))
    (255, 255, 255)
    """
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture)
    # a new one: comments and everything else that came along stay behind
    made = Image.new("RGB", picture.size)
    made.paste(picture.convert("RGB"))
    return made
