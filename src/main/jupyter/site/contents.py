"""The lessons in their order, with what the README says of each."""
import re
from dataclasses import dataclass
from pathlib import Path

import course
from course import HOME, Failure
from prose import inline

ROW = re.compile(r"^\| \[(\S+) ([^\]]+)\]\(notebooks/([^)]+)\.ipynb\) \| (.+?) \| (\d+) min \|$", re.MULTILINE)


@dataclass(frozen=True)
class Lesson:
    number: str
    title: str
    path: Path
    question: str
    minutes: int

    @property
    def page(self):
        return self.path.stem + ".html"


def lessons():
    rows = {name: (number, title, question, minutes) for number, title, name, question, minutes in ROW.findall(
        (HOME / "README.md").read_text(encoding="utf-8"))}
    found = []
    for path in course.lessons([]):
        if path.stem not in rows:
            raise Failure(f"the table of lessons in README.md has no row of {path.name}, such as "
                          f"| [05 Title](notebooks/{path.name}) | its question? | 90 min |")
        number, title, question, minutes = rows[path.stem]
        found.append(Lesson(number, title, path, inline(question), int(minutes)))
    return found
