"""Running lessons: the budget of the course."""
import sys
import unittest
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


if __name__ == "__main__":
    unittest.main()
