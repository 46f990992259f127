"""Pictures as a camera sees them: sample symbols laid on a frame of 1280 by 720."""

import base64
import io
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from dev.lib import places

STANDARDS = os.environ.get("STOCKEX_STANDARDS", places.ROOT.parent / "shared" / "standards")
SAMPLES = Path(STANDARDS) / "gs1" / "zxing_samples"
FRAME = (1280, 720)
KINDS = (".png", ".webp")


@dataclass(frozen=True)
class Sample:
    """A picture and the text in it."""

    name: str
    path: Path
    text: str

    def picture(self) -> Image.Image:
        """Return the sample alone, on white where it is transparent."""
        image = Image.open(self.path).convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, image).convert("L")


def samples(folder: Path = SAMPLES) -> list[Sample]:
    """List the samples of which the text is known."""
    return [
        Sample(f"{path.parent.name}/{path.name}", path, text.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*/*"))
        if path.suffix in KINDS and (text := path.with_suffix(".txt")).is_file()
    ]


def frame(pictures: Iterable[Image.Image]) -> Image.Image:
    """Lay pictures side by side on a frame, each shrunk or grown to its share."""
    pictures = list(pictures)
    ground = Image.new("L", FRAME, 235)
    width = FRAME[0] // max(len(pictures), 1)
    for number, picture in enumerate(pictures):
        scale = min(width * 0.9 / picture.width, FRAME[1] * 0.9 / picture.height)
        # Whole steps keep the bars of small drawings sharp.
        scale = float(int(scale)) if scale > 2 else scale
        size = (round(picture.width * min(scale, 6)), round(picture.height * min(scale, 6)))
        place = (number * width + (width - size[0]) // 2, (FRAME[1] - size[1]) // 2)
        ground.paste(picture.resize(size), place)
    return ground


def data_url(image: Image.Image) -> str:
    """Write a picture as the address of itself."""
    file = io.BytesIO()
    image.save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def write_video(path: Path, frames: Iterable[Image.Image], per_second: int) -> None:
    """Write frames in grey as Y4M, which Chromium takes for a camera."""
    grey = bytes([128]) * (FRAME[0] * FRAME[1] // 4)
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{FRAME[0]} H{FRAME[1]} F{per_second}:1 Ip A1:1 C420\n".encode())
        for image in frames:
            file.write(b"FRAME\n" + image.tobytes() + grey + grey)
