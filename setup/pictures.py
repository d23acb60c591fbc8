"""Pictures of rooms and houses for the demo chain, drawn: no photograph is needed and none is anybody's.

    draw_room("DLX")       the bytes of a JPEG, 1200 x 800
    draw_bath("DLX")
    draw_house("river")
    draw_logo()            the bytes of a PNG
"""
import io
import math

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = (1200, 800)
SCALE = 2  # drawn larger and made smaller: smooth edges
# wall, floor, textile, accent
COLOURS = {
    "STD": ("#e9e2d6", "#b08d68", "#f7f5f0", "#5b7f8c"),
    "TWN": ("#e3e7e4", "#a3835f", "#f6f6f2", "#7c8f5a"),
    "DLX": ("#d8d4dc", "#8a6a50", "#fbf9f6", "#6f5a8a"),
    "SUI": ("#e8dccb", "#75563f", "#fffdf8", "#a06a3c"),
}
SKY = ("#8fb8d8", "#f6dfc2")


class Canvas:
    """Shapes in fractions of the picture's width and height."""

    def __init__(self):
        self.width, self.height = SIZE[0] * SCALE, SIZE[1] * SCALE
        self.image = Image.new("RGB", (self.width, self.height))
        self.pen = ImageDraw.Draw(self.image)

    def at(self, *points):
        return [(x * self.width, y * self.height) for x, y in points]

    def box(self, left, top, right, bottom, fill, radius=0.0, outline=None):
        corners = self.at((left, top), (right, bottom))
        self.pen.rounded_rectangle(corners, radius * self.width, fill=fill, outline=outline, width=3 * SCALE)

    def shape(self, points, fill):
        self.pen.polygon(self.at(*points), fill=fill)

    def disc(self, x, y, radius, fill):
        reach = radius * self.width
        middle = (x * self.width, y * self.height)
        self.pen.ellipse([middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach], fill=fill)

    def shade(self, left, top, right, bottom, upper, lower):
        """A soft change of colour from top to bottom."""
        first, last = int(top * self.height), int(bottom * self.height)
        for line in range(first, last):
            colour = mix(upper, lower, (line - first) / max(last - first, 1))
            self.pen.line([(left * self.width, line), (right * self.width, line)], fill=colour)

    def glow(self, x, y, radius, colour, strength=110):
        """Light around a lamp."""
        mask = Image.new("L", self.image.size)
        reach, middle = radius * self.width, (x * self.width, y * self.height)
        ImageDraw.Draw(mask).ellipse(
            [middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach], fill=strength
        )
        mask = mask.resize((self.width // 8, self.height // 8)).filter(ImageFilter.GaussianBlur(reach / 24))
        self.image.paste(Image.new("RGB", self.image.size, colour), mask=mask.resize(self.image.size))

    def jpeg(self):
        """Return the bytes of the finished picture."""
        out = io.BytesIO()
        self.image.resize(SIZE, Image.Resampling.LANCZOS).save(out, "JPEG", quality=88)
        return out.getvalue()


def mix(first, second, share):
    """Return the colour between two, as ``#rrggbb``.

    >>> mix("#000000", "#ffffff", 0.5)
    '#7f7f7f'
    """
    parts = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{int(a + (b - a) * share):02x}" for a, b in parts)


def draw_room(code):
    """Return a room of a type: wall, window, bed or beds, lamps."""
    canvas, (wall, floor, textile, accent) = Canvas(), COLOURS[code]
    canvas.shade(0, 0, 1, 0.72, mix(wall, "#ffffff", 0.25), wall)
    canvas.shade(0, 0.72, 1, 1, floor, mix(floor, "#000000", 0.25))
    canvas.box(0, 0.7, 1, 0.725, mix(wall, "#ffffff", 0.6))
    window(canvas, accent, code)
    beds = ((0.07, 0.34), (0.37, 0.64)) if code == "TWN" else ((0.08, 0.58),)
    for left, right in beds:
        bed(canvas, left, right, textile, accent)
    lamp(canvas, 0.035 if code == "TWN" else 0.045)
    lamp(canvas, 0.355 if code == "TWN" else 0.615)
    picture(canvas, accent, 0.14 if code == "TWN" else 0.24)
    if code == "SUI":
        sofa(canvas, accent)
    return canvas.jpeg()


def window(canvas, accent, code):
    left, right = (0.66, 0.97)
    canvas.box(left - 0.008, 0.1, right + 0.008, 0.62, "#fdfcfa")
    canvas.shade(left, 0.112, right, 0.6, *SKY)
    canvas.disc(0.88, 0.26, 0.03, "#fff4d6")
    for number in range(9):
        x = left + number * (right - left) / 9
        height = 0.08 + 0.07 * abs(math.sin(number * 2.3 + len(code) + ord(code[0])))
        canvas.box(x, 0.5 - height, x + 0.03, 0.5, mix("#6d87a0", "#c9d3da", (number % 3) / 3))
    canvas.shade(left, 0.5, right, 0.6, "#7fa6bb", "#5d879f")
    middle = (left + right) / 2
    canvas.box(middle - 0.003, 0.11, middle + 0.003, 0.6, "#fdfcfa")
    for edge, side in ((left - 0.035, 1), (right + 0.035, -1)):
        tip = edge + side * 0.07
        canvas.shape(((edge, 0.06), (tip, 0.06), (edge + side * 0.045, 0.74), (edge - side * 0.01, 0.74)), accent)
        fold = edge + side * 0.03
        shadow = mix(accent, "#000000", 0.15)
        corners = ((0, 0.06), (0.014, 0.06), (0.006, 0.74), (-0.004, 0.74))
        canvas.shape([(fold + side * x, y) for x, y in corners], shadow)
    canvas.box(left - 0.06, 0.05, right + 0.06, 0.066, mix(accent, "#000000", 0.4), 0.004)


def bed(canvas, left, right, textile, accent):
    wood = "#7a5a41"
    canvas.box(left - 0.01, 0.36, right + 0.01, 0.7, wood, 0.012)
    canvas.box(left, 0.38, right, 0.62, mix(wood, "#ffffff", 0.12), 0.01)
    canvas.box(left - 0.005, 0.56, right + 0.005, 0.86, mix(textile, "#000000", 0.05), 0.02)
    canvas.box(left - 0.01, 0.66, right + 0.01, 0.84, accent, 0.02)
    canvas.box(left - 0.01, 0.64, right + 0.01, 0.7, textile, 0.015)
    canvas.box(left, 0.85, right, 0.885, wood, 0.004)
    count = 2 if right - left > 0.4 else 1
    width = (right - left) / count
    for number in range(count):
        start = left + number * width
        canvas.box(start + 0.02, 0.48, start + width - 0.02, 0.61, textile, 0.025, mix(textile, "#000000", 0.1))
        middle = start + width / 2
        canvas.box(middle - 0.05, 0.545, middle + 0.05, 0.625, mix(accent, "#ffffff", 0.35), 0.015)


def lamp(canvas, x):
    canvas.box(x - 0.03, 0.64, x + 0.03, 0.82, "#6b4e39", 0.005)
    canvas.box(x - 0.003, 0.53, x + 0.003, 0.64, "#b9a17c")
    canvas.glow(x, 0.5, 0.09, "#fff1c9")
    canvas.shape(((x - 0.018, 0.46), (x + 0.018, 0.46), (x + 0.028, 0.54), (x - 0.028, 0.54)), "#fff3d4")


def picture(canvas, accent, left):
    canvas.box(left, 0.1, left + 0.18, 0.3, "#8d7358")
    canvas.shade(left + 0.008, 0.112, left + 0.172, 0.288, mix(accent, "#ffffff", 0.75), mix(accent, "#ffffff", 0.4))
    hills = ((0.008, 0.288), (0.05, 0.2), (0.085, 0.25), (0.13, 0.17), (0.172, 0.288))
    canvas.shape(tuple((left + x, y) for x, y in hills), mix(accent, "#000000", 0.1))


def sofa(canvas, accent):
    tone = mix(accent, "#ffffff", 0.3)
    canvas.box(0.7, 0.64, 0.97, 0.8, tone, 0.02)
    canvas.box(0.68, 0.7, 0.73, 0.86, mix(tone, "#000000", 0.1), 0.015)
    canvas.box(0.94, 0.7, 0.99, 0.86, mix(tone, "#000000", 0.1), 0.015)
    canvas.box(0.72, 0.76, 0.95, 0.85, mix(tone, "#ffffff", 0.2), 0.012)


def draw_bath(code):
    """Return the bathroom of a type: tiles, mirror, basin, tub."""
    canvas, (wall, _floor, textile, accent) = Canvas(), COLOURS[code]
    canvas.shade(0, 0, 1, 0.75, mix(wall, "#ffffff", 0.55), mix(wall, "#ffffff", 0.25))
    for row in range(10):
        for column in range(17):
            x = column / 16 - (0.03 if row % 2 else 0)
            canvas.box(x, row * 0.075, x + 0.06, row * 0.075 + 0.07, None, 0, mix(wall, "#ffffff", 0.1))
    canvas.shade(0, 0.75, 1, 1, "#9aa3a6", "#6f787b")
    canvas.glow(0.27, 0.28, 0.2, "#fff6df", 90)
    canvas.box(0.12, 0.12, 0.42, 0.48, "#cfd8da", 0.01, "#8d7358")
    canvas.shade(0.13, 0.135, 0.41, 0.465, "#eef4f5", "#c5d3d8")
    canvas.box(0.08, 0.58, 0.46, 0.63, "#6b4e39", 0.005)
    canvas.box(0.18, 0.53, 0.36, 0.59, "#ffffff", 0.03)
    canvas.box(0.265, 0.47, 0.275, 0.53, "#a8aeb0")
    canvas.box(0.1, 0.63, 0.44, 0.84, "#84664c", 0.005)
    canvas.box(0.56, 0.58, 0.97, 0.86, "#ffffff", 0.05, "#d5d5d5")
    canvas.box(0.58, 0.57, 0.95, 0.62, "#e9f3f6", 0.02)
    canvas.box(0.62, 0.3, 0.72, 0.52, textile, 0.01, accent)
    canvas.box(0.62, 0.44, 0.72, 0.47, accent)
    return canvas.jpeg()


def draw_house(site):
    """Return a hotel from outside, at a lake, a harbour or a river."""
    canvas = Canvas()
    tone = {"lake": "#4f7f7a", "harbour": "#4c6a92", "river": "#b3603f"}[site]
    canvas.shade(0, 0, 1, 0.7, "#7fb0d6", "#fbe3c4")
    canvas.disc(0.8, 0.22, 0.05, "#fff4d6")
    for number in range(14):
        height = 0.12 + 0.16 * abs(math.sin(number * 1.7 + len(site)))
        canvas.box(number / 14, 0.66 - height, number / 14 + 0.062, 0.7, mix("#8fa5b8", "#d6dfe4", (number % 4) / 4))
    canvas.shade(0, 0.7, 1, 1, mix(tone, "#8fbdd1", 0.85), mix(tone, "#2f5f7c", 0.85))
    canvas.box(0.24, 0.16, 0.7, 0.74, mix(tone, "#ffffff", 0.72), 0.004)
    canvas.box(0.22, 0.13, 0.72, 0.17, tone, 0.004)
    for row in range(7):
        for column in range(9):
            lit = "#ffe6a8" if (row * 5 + column * 3) % 4 else "#6f8ca3"
            left, top = 0.262 + column * 0.048, 0.2 + row * 0.065
            canvas.box(left, top, left + 0.03, top + 0.042, lit, 0.003)
    canvas.box(0.42, 0.655, 0.52, 0.74, "#5a4534", 0.004)
    canvas.shape(((0.39, 0.66), (0.55, 0.66), (0.57, 0.69), (0.37, 0.69)), tone)
    for x in (0.1, 0.16, 0.78, 0.86, 0.93):
        canvas.box(x - 0.004, 0.62, x + 0.004, 0.74, "#6b4e39")
        canvas.disc(x, 0.58, 0.035, mix("#4e7d4c", "#8db36b", x))
    canvas.box(0, 0.735, 1, 0.755, "#d9cdb8")
    return canvas.jpeg()


def draw_logo():
    """Return the sign of the chain: a house between two waves."""
    image = Image.new("RGBA", (SIZE[0], SIZE[1] // 2), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle([60, 20, 380, 380], 60, fill="#2f6f6a")
    pen.polygon([(120, 190), (220, 95), (320, 190)], fill="#f6dfc2")
    pen.rectangle([150, 190, 290, 270], fill="#f6dfc2")
    pen.rectangle([205, 215, 235, 270], fill="#2f6f6a")
    for level in (295, 330):
        points = [(x, level + 8 * math.sin(x / 22)) for x in range(100, 341, 4)]
        pen.line(points, fill="#8fbdd1", width=12)
    font = ImageFont.load_default(size=120)
    pen.text((430, 60), "Jade River", font=font, fill="#2f6f6a")
    pen.text((430, 210), "Hotels", font=font, fill="#8a6a50")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
