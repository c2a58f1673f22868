"""The lessons of the course as files: which there are, and how one is replaced."""
import os
import re
from pathlib import Path

HOME = Path(__file__).resolve().parents[3]
NUMBER = re.compile(r"(\d+)([b-z]?)")  # of a lesson: 6, 06 or 06b
COLUMN = 44  # characters: the longest name of a lesson's file, and some room


class Failure(Exception):
    """A lesson does not hold; the message says what, where and why in a sentence."""


def lessons(numbers):
    found = {path.name.partition("-")[0]: path for path in sorted((HOME / "notebooks").glob("[0-9][0-9]*-*.ipynb"))}
    wanted = {f"{int(digits):02d}{letter}" for digits, letter in (NUMBER.fullmatch(number).groups() for number in numbers)}
    for name in sorted(wanted - found.keys()):
        raise Failure(f"there is no lesson {name} in notebooks/; it has {', '.join(found) or 'none'}.")
    return [path for name, path in found.items() if not wanted or name in wanted]


def replace(path, data):
    """Whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
