"""Running lessons: the budgets of a lesson and of the course."""
import contextlib
import io
import sys
import tempfile
import unittest
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "src" / "main" / "jupyter"))
import run_lessons  # noqa: E402

GIVEN, SOLVED = {"solved": False, "seconds": 40.0}, {"solved": True, "seconds": 20.0}


class Budget(unittest.TestCase):
    def test_one_turn_has_all_the_seconds(self):
        self.assertEqual([], run_lessons.too_long([GIVEN], run_lessons.COURSE_SECONDS))
        self.assertEqual(["the course took 721 s as given; its budget is 720 s."], run_lessons.too_long([GIVEN], 721))
        self.assertEqual(["the course took 721 s solved; its budget is 720 s."], run_lessons.too_long([SOLVED], 721))

    def test_two_turns_share_them(self):
        self.assertEqual([], run_lessons.too_long([GIVEN, SOLVED], 1080))  # 720 and 360
        self.assertEqual(["the course took 722 s as given; its budget is 720 s."], run_lessons.too_long([GIVEN, SOLVED], 1083))
        self.assertEqual(2, len(run_lessons.too_long([GIVEN, SOLVED], 2163)))

    def test_nothing_was_run(self):
        self.assertEqual([], run_lessons.too_long([], 1))


def execute(path, seconds, wrong=()):
    """A lesson that takes so many seconds, at first and when it is run again; the first time something else may be wrong with it."""
    runs = path.with_suffix(".runs")
    count = len(runs.read_text()) if runs.exists() else 0
    runs.write_text("." * (count + 1))
    record = {"lesson": path.name, "solved": False, "seconds": seconds[count], "mb": 1, "figures": 0, "verdicts": {}, "cells": []}
    return [{**record, "complaints": (list(wrong) if count == 0 else []) + run_lessons.late(record)}]


class SecondRun(unittest.TestCase):
    def check(self, counts, complaints, *seconds, runs, wrong=()):
        """Of a lesson that runs beside others and of one that runs alone: the seconds and complaints that count, and how often it was run."""
        for source in ("", "a.parallel()"):
            with self.subTest(source), tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "01-a.ipynb"
                path.write_text(source)
                with contextlib.redirect_stdout(io.StringIO()) as out:
                    records = list(run_lessons.in_company([path], partial(execute, seconds=seconds, wrong=wrong), 2))
                self.assertEqual([(counts, complaints)], [(record["seconds"], record["complaints"]) for record in records])
                self.assertEqual(runs, len(path.with_suffix(".runs").read_text()))
                self.assertEqual(runs > 1, "once more" in out.getvalue(), out.getvalue())

    def test_in_time(self):
        self.check(59.0, [], 59.0, runs=1)

    def test_late_once(self):
        self.check(50.0, [], 61.0, 50.0, runs=2)

    def test_late_twice(self):
        self.check(62.0, ["it took 62 s; its budget is 60 s."], 61.0, 62.0, runs=2)

    def test_late_and_wrong(self):
        self.check(61.0, ["cell 3 fails", "it took 61 s; its budget is 60 s."], 61.0, runs=1, wrong=["cell 3 fails"])


if __name__ == "__main__":
    unittest.main()
