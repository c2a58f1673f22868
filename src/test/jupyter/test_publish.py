"""Publishing: the same run gives the same bytes, and what is published is held against each new run."""
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

HOME = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(HOME / "src" / "main" / "jupyter"))
import course  # noqa: E402
import publish  # noqa: E402
import run_lessons  # noqa: E402

FIGURE = {publish.PLOTLY: {"data": [], "layout": {}}, "text/plain": "A line that falls."}
CLAIMS = "claim | measured | verdict\nThe loss falls | 0.25 after 10 steps, 1.5 before | holds"


class Brush:
    """Draws every figure as one grey picture; the real one needs a browser, and is tried by ./unrolled publish itself."""

    def picture(self, figure):
        from PIL import Image
        out = io.BytesIO()
        Image.new("RGB", (20, 10), "grey").save(out, "PNG")
        return out.getvalue(), 10


class Publish(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        (self.home / "notebooks").mkdir()
        self.out = self.home / "target" / "notebooks"
        self.out.mkdir(parents=True)
        self.path = self.home / "notebooks" / "05-five.ipynb"
        for module, name, value in ((course, "HOME", self.home), (publish, "HOME", self.home), (publish, "OUT", self.out)):
            patch = mock.patch.object(module, name, value)
            patch.start()
            self.addCleanup(patch.stop)
        nbformat.write(self.lesson(), self.path)

    def lesson(self):
        return new_notebook(cells=[new_markdown_cell("# Five", id="m"), new_code_cell("loss", id="a"), new_code_cell("show(figure)", id="b"),
                                   new_code_cell("claims();", id="c"), new_code_cell('check("5.1", x);', id="d"),
                                   new_code_cell("long start = System.nanoTime();\nSystem.out.println(System.nanoTime() - start);", id="e")])

    def executed(self, loss="the loss is 0.12345", claims=CLAIMS, verdict="○ 5.1 One: not answered yet", nanos="123 s"):
        book = self.lesson()
        stream = f"{loss} in {self.home}/data\n"
        book.cells[1].outputs = [new_output("stream", name="stdout", text=stream[:7]), new_output("stream", name="stdout", text=stream[7:])]
        book.cells[2].outputs = [new_output("display_data", data=dict(FIGURE))]
        book.cells[3].outputs = [new_output("display_data", data={"text/plain": claims})]
        book.cells[4].outputs = [new_output("display_data", data={"text/plain": verdict})]
        book.cells[5].outputs = [new_output("stream", name="stdout", text=nanos)]
        nbformat.write(book, self.out / self.path.name)
        (self.out / "05-five.json").write_text(json.dumps({"complaints": []}))

    def publish(self):
        self.executed()
        return publish.publish(self.path, Brush(), again=False)

    def said(self):
        return publish.check(self.path)[1]

    def test_twice_the_same_run_is_the_same_bytes_with_pictures_and_without_paths_or_times(self):
        self.publish()
        once = self.path.read_bytes()
        self.assertIn("as it was", self.publish())
        self.assertEqual(once, self.path.read_bytes())
        book = nbformat.read(self.path, as_version=4)
        figure = book.cells[2].outputs[0]
        self.assertIn("image/png", figure.data)
        self.assertNotIn(publish.PLOTLY, figure.data)
        self.assertEqual("A line that falls.", figure.metadata["image/png"]["alt"])
        self.assertNotIn(str(self.home), once.decode())
        self.assertEqual("the loss is 0.12345 in ./data\n", book.cells[1].outputs[0].text)
        self.assertEqual("… s", book.cells[5].outputs[0].text)
        self.assertEqual([], self.said())

    def test_the_last_digit_and_times_of_the_machine_may_differ(self):
        self.publish()
        self.executed(loss="the loss is 0.12346", nanos="9,876 s")
        self.assertEqual([], self.said())

    def test_a_column_of_times_may_be_wider(self):
        self.assertIsNone(publish.difference("cell  µs\nGRU   …\n", "cell   µs\nGRU    …\n"))
        self.assertIsNotNone(publish.difference("cell  µs\nGRU   …\n", "cell  µs\nLSTM  …\n"))

    def test_a_table_that_a_loop_fills_with_times_shows_times(self):
        timings = publish.Timings()
        self.assertFalse(timings.cell("double micros(int H) {\n    long start = System.nanoTime();\n    return System.nanoTime() - start;\n}"))
        self.assertTrue(timings.cell('Rows times = table("units", "µs");\nfor (int H : new int[] {1, 2})\n    if (H > 0) times.row(H, micros(H));\nshow(times);'))
        self.assertFalse(timings.cell('Rows counts = table("units");\nfor (int H : new int[] {1, 2}) counts.row(H);\nshow(counts);'))

    def test_a_comma_behind_a_number_is_no_part_of_it(self):
        mask = publish.Timings().mask
        for times in ("from 0.1 to 42, between", "from 0.1 to 41.9, between", "from 1e-3 to 1,024,000, between"):
            self.assertEqual("from … to …, between", mask(times))

    def test_another_number_word_verdict_or_claim_is_found(self):
        self.publish()
        for change in ({"loss": "the loss is 0.12355"}, {"loss": "the loss was 0.12345"}, {"verdict": "✓ 5.1 One: right"},
                       {"claims": CLAIMS.replace("holds", "does not hold")}, {"claims": CLAIMS.replace("0.25", "0.35")},
                       {"claims": CLAIMS.replace("10 steps", "11 steps")}):
            self.executed(**change)
            self.assertEqual(1, len(self.said()), change)

    def test_a_published_number_that_was_changed_by_hand_is_found(self):
        self.publish()
        self.path.write_text(self.path.read_text().replace("0.12345", "0.22345"))
        self.assertIn("0.22345", self.said()[0])

    def test_an_edited_lesson_and_one_never_published_are_found(self):
        self.executed()
        self.assertIn("never published", self.said()[0])
        self.publish()
        book = nbformat.read(self.path, as_version=4)
        book.cells[0].source = "# Six"
        nbformat.write(book, self.path)
        self.assertIn("edited and not published", self.said()[0])

    def test_an_interactive_figure_left_in_is_found(self):
        self.publish()
        book = nbformat.read(self.path, as_version=4)
        book.cells[2].outputs[0].data[publish.PLOTLY] = {"data": []}
        nbformat.write(book, self.path)
        self.assertTrue(any("interactive" in said for said in self.said()))

    def test_a_lesson_that_fails_or_is_too_large_is_left_as_it_was(self):
        before = self.path.read_bytes()
        self.executed()
        with mock.patch.object(publish, "MOST_BYTES", 500), self.assertRaises(course.Failure):
            publish.publish(self.path, Brush(), again=False)
        (self.out / "05-five.json").write_text(json.dumps({"complaints": ["cell 2 fails"]}))
        with mock.patch.object(run_lessons, "run", return_value=[{"complaints": ["cell 2 fails"]}]), self.assertRaises(course.Failure):
            publish.publish(self.path, Brush(), again=False)
        self.assertEqual(before, self.path.read_bytes())

    def test_an_interrupted_publish_leaves_the_notebook_whole(self):
        self.executed()
        before = self.path.read_bytes()
        with mock.patch.object(publish.os, "replace", side_effect=KeyboardInterrupt), self.assertRaises(KeyboardInterrupt):
            publish.publish(self.path, Brush(), again=False)
        self.assertEqual(before, self.path.read_bytes())
        self.assertEqual([self.path], list(self.path.parent.iterdir()))


if __name__ == "__main__":
    unittest.main()
