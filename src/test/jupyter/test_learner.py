"""The learner's copies: nothing that a learner wrote is ever lost, and what was not touched is renewed."""
import contextlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import nbformat

HOME = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(HOME / "src" / "main" / "jupyter"))
import course  # noqa: E402
import learner  # noqa: E402

BLANK = "// Exercise 5.1: One\ndouble a = Double.NaN;\ncheck(\"5.1\", a);"


class Learner(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        (self.home / "notebooks" / "images").mkdir(parents=True)
        (self.home / "notebooks" / "images" / "a.svg").write_text("<svg/>")
        self.my = self.home / "my"
        for module in (learner, course):
            patch = mock.patch.object(module, "HOME", self.home)
            patch.start()
            self.addCleanup(patch.stop)
        self.course("00-start-here.ipynb", "1 + 1")
        self.course("05-the-feedforward-process.ipynb", BLANK)

    def course(self, name, *sources):
        """The course's version, published: with outputs."""
        cells = [nbformat.v4.new_code_cell(source, id=f"c{i}", execution_count=1, outputs=[nbformat.v4.new_output("stream", name="stdout", text="spoiler")])
                 for i, source in enumerate(sources)]
        book = nbformat.v4.new_notebook(cells=cells, metadata={"unrolled": {"sources": "x"}})
        nbformat.write(book, self.home / "notebooks" / name)

    def lay(self):
        self.my.mkdir(exist_ok=True)
        return learner.lay(self.my)

    def mine(self):
        return self.my / "05-the-feedforward-process.ipynb"

    def sources(self, path=None):
        return [cell.source for cell in nbformat.read(path or self.mine(), as_version=4).cells]

    def answer(self, text="double a = 7;"):
        book = nbformat.read(self.mine(), as_version=4)
        book.cells[0].source = book.cells[0].source.replace("double a = Double.NaN;", text)
        nbformat.write(book, self.mine())

    def run_again(self):
        """As a learner who only runs the cells: outputs and metadata of the program that saved it."""
        book = nbformat.read(self.mine(), as_version=4)
        for cell in book.cells:
            cell.outputs, cell.execution_count, cell.metadata["trusted"] = [nbformat.v4.new_output("stream", text="42")], 3, True
        nbformat.write(book, self.mine())

    def test_copies_hold_no_outputs(self):
        self.assertEqual([], self.lay())
        self.assertEqual([BLANK], self.sources())
        self.assertNotIn("spoiler", self.mine().read_text())
        self.assertNotIn("unrolled", nbformat.read(self.mine(), as_version=4).metadata)
        self.assertEqual("<svg/>", (self.my / "images" / "a.svg").read_text())

    def test_untouched_is_renewed_quietly_even_when_it_was_run(self):
        self.lay()
        self.run_again()
        self.assertEqual([], self.lay())
        self.assertIn("42", self.mine().read_text(), "outputs of one's own stay while the lesson is the same")
        self.course("05-the-feedforward-process.ipynb", BLANK, "more")
        self.assertEqual([], self.lay())
        self.assertEqual([BLANK, "more"], self.sources())

    def test_touched_is_kept_and_said_only_when_there_is_something_newer(self):
        self.lay()
        self.answer()
        self.assertEqual([], self.lay())
        self.course("05-the-feedforward-process.ipynb", BLANK, "more")
        for _ in range(2):
            said, = self.lay()
            self.assertIn("Lesson 05 has a newer version", said)
            self.assertIn("./unrolled fresh 05", said)
        self.assertEqual([BLANK.replace("Double.NaN", "7")], self.sources())

    def test_a_touched_copy_that_becomes_the_course_again_counts_as_untouched(self):
        self.lay()
        self.answer()
        self.course("05-the-feedforward-process.ipynb", BLANK.replace("Double.NaN", "7"))
        self.assertEqual([], self.lay())
        self.course("05-the-feedforward-process.ipynb", "new")
        self.assertEqual([], self.lay())
        self.assertEqual(["new"], self.sources())

    def test_fresh_sets_aside_and_never_deletes(self):
        self.lay()
        self.answer("double a = 1;")
        learner.fresh(self.my, "05")
        self.answer("double a = 2;")
        said = learner.fresh(self.my, "5")
        self.assertIn("beside it", said)
        kept = sorted(self.sources(path)[0] for path in self.my.glob("05-*-20*.ipynb"))
        self.assertEqual([BLANK.replace("Double.NaN", "1"), BLANK.replace("Double.NaN", "2")], kept)
        self.assertEqual([BLANK], self.sources())
        self.assertEqual([], self.lay(), "what was set aside is no lesson to renew")

    def test_half_a_notebook_is_kept_and_named(self):
        self.lay()
        for broken in ("", "{", "[]", "null", '{"cells": 7}', self.mine().read_text()[:200]):
            self.mine().write_text(broken)
            said, = self.lay()
            self.assertIn("05-the-feedforward-process.ipynb is no whole notebook", said, broken)
            self.assertIn("./unrolled fresh 05", said)
            self.assertEqual(broken, self.mine().read_text())
        learner.fresh(self.my, "05")
        self.assertEqual([BLANK], self.sources())

    def test_without_its_record_a_copy_that_differs_counts_as_touched(self):
        self.lay()
        self.course("05-the-feedforward-process.ipynb", BLANK, "more")
        for record in (None, "{", "[]", '{"05-the-feedforward-process.ipynb": 7}'):
            path = self.my / learner.RECORD
            path.unlink(missing_ok=True)
            if record is not None:
                path.write_text(record)
            self.assertEqual(1, len(self.lay()), record)
            self.assertEqual([BLANK], self.sources())

    def test_a_deleted_copy_comes_again_and_progress_of_before_moves_in(self):
        (self.home / ".progress.json").write_text(json.dumps({"done": {"5.1": "2026-01-31"}}))
        self.lay()
        self.mine().unlink()
        self.lay()
        self.assertEqual([BLANK], self.sources())
        self.assertIn("5.1", (self.my / ".progress.json").read_text())
        self.assertFalse((self.home / ".progress.json").exists())

    def test_the_first_is_the_last_that_was_worked_on(self):
        self.lay()
        self.assertEqual("00-start-here.ipynb", learner.first(self.my).name)
        self.answer()
        self.assertEqual("05-the-feedforward-process.ipynb", learner.first(self.my).name)

    def test_bad_numbers_get_a_sentence_and_change_nothing(self):
        self.lay()
        before = self.mine().read_bytes()
        for number in ("99", "x", "", "../05"):
            with self.assertRaises(course.Failure):
                learner.fresh(self.my, number)
        self.assertEqual(before, self.mine().read_bytes())

    def test_a_folder_that_cannot_be_written_gets_a_sentence(self):
        (self.home / "file").write_text("")
        with mock.patch.dict("os.environ", {"UNROLLED_MY": str(self.home / "file" / "my")}), self.assertRaises(course.Failure) as failed:
            learner.main([])
        self.assertIn("cannot be written", str(failed.exception))

    def test_commands(self):
        with mock.patch.dict("os.environ", {"UNROLLED_MY": str(self.my)}), contextlib.redirect_stdout(io.StringIO()) as out:
            learner.main([])
            learner.main(["--fresh", "05"])
        self.assertIn("00-start-here.ipynb", out.getvalue())
        self.assertIn("laid anew", out.getvalue())


if __name__ == "__main__":
    unittest.main()
