"""The figures of a lesson: their data in one script for the page, and of each a picture for print and for where no script runs."""
import hashlib
import json

import publish
from course import HOME

STORE = HOME / "target" / "pictures"  # drawing takes most of the time of a build, and the same figure gives the same picture
COLOURS = 64


class Figures:
    def __init__(self, painter, number):
        self.painter, self.number, self.figures, self.pictures = painter, number, [], []

    def add(self, figure):
        """(its place among the lesson's figures, the height of its picture)."""
        text = json.dumps(figure, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        self.figures.append(text)
        drawn = STORE / f"{hashlib.sha256(f'{publish.WIDTH} {publish.SHARP} {COLOURS} {text}'.encode()).hexdigest()[:24]}.png"
        if not drawn.exists():
            STORE.mkdir(parents=True, exist_ok=True)
            part = drawn.with_suffix(".part")
            part.write_bytes(publish.few_colours(self.painter.picture(figure)[0], COLOURS))
            part.rename(drawn)
        self.pictures.append(drawn.read_bytes())
        height = int.from_bytes(self.pictures[-1][20:24], "big") // publish.SHARP  # as its first bytes say
        return len(self.figures) - 1, height

    def name(self, index):
        return f"figures/{self.number}-{index + 1}.png"

    def write(self, folder):
        for index, picture in enumerate(self.pictures):
            (folder / self.name(index)).write_bytes(picture)
        texts = json.dumps(self.figures, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        (folder / "figures" / f"{self.number}.js").write_text(f"figuresArrived({json.dumps(self.number)}, {texts});\n", encoding="utf-8")
