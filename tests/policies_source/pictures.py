"""Draws the pictures that stand in two of the policies: text that only a picture holds, as schools often have it."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

PICTURES = Path(__file__).resolve().parent / "pictures"
STAGES = {
    "tidewell-stages.png": (
        "STAGE 1  below 96%: class teacher has a chat",
        "STAGE 2  below 93%: attendance officer meets family",
        "STAGE 3  below 90%: champion, formal plan, contract",
        "STAGE 4  below 50%: joint plan with local authority",
    ),
    "cobblers-days.png": (
        "1 day a fortnight = 19 days a year",
        "1 day a week = 38 days a year",
        "10 minutes late a day = 6 days a year",
        "Every day counts at Cobblers Green!",
    ),
}


def draw(name: str, lines: tuple[str, ...]) -> None:
    """Draws a column of boxes with a line of text in each."""
    image = Image.new("L", (760, 20 + 80 * len(lines)), 255)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=22)
    for n, line in enumerate(lines):
        pen.rounded_rectangle((20, 16 + 80 * n, 740, 78 + 80 * n), 14, outline=60, width=3)
        pen.text((40, 34 + 80 * n), line, fill=20, font=font)
    image.quantize(8).save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    for picture, text in STAGES.items():
        draw(picture, text)
