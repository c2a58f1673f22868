"""Writes lessons back with their outputs, so that they can be read where nothing runs.

    publish.py [NN ...]            executes lessons and publishes them
    publish.py --executed [NN ...] publishes what ./unrolled run has just executed, if the lesson is the same still
    publish.py --check [NN ...]    compares the published outputs with those in target/notebooks/; executes where they are missing

A published notebook holds text, tables and pictures, no interactive figure, no time of the machine and no path of it.
Published twice from the same run it has the same bytes. Each notebook is replaced whole or not at all.
"""
import base64
import hashlib
import io
import json
import os
import re
import sys
from decimal import Decimal
from pathlib import Path

import nbformat

import run_lessons
from browser import FLAGS, find_browser
from course import COLUMN, HOME, Failure, lessons, replace
from run_lessons import OUT, PLOTLY
from timings import ELLIPSIS, TOOK, Timings

MARK = "unrolled"  # the key in the notebook's metadata
MOST_BYTES = 1_000_000
MOST_TOGETHER = 25_000_000
WIDTH, SHARP = 760, 2
# Pictures of charts have few colours; fewer when a notebook would be too large.
COLOURS = (128, 64, 32, 16)
# The figure of README.md: its lesson and its title.
FRONT, FRONT_TITLE = "10", "Where a plain recurrent network learns"
FRONT_PICTURE = "images/front.png"
TIMES = "This figure shows times of the machine: run the cell to see yours. "
PROGRESS = "Your progress stands here when you run this cell."
TINY, CLOSE = 1e-6, 1e-9

DRAW = """async figure => {
  document.body.innerHTML = '<div id="figure"></div>';
  const place = document.getElementById('figure'), layout = {...figure.layout, width: WIDTH, autosize: false};
  layout.height = layout.height ?? 450;
  place.style.width = layout.width + 'px';
  place.style.height = layout.height + 'px';
  await Plotly.newPlot(place, figure.data, layout, {displayModeBar: false, staticPlot: false});
  await document.fonts.ready;
  return layout.height;
}""".replace("WIDTH", str(WIDTH))


def sources_hash(notebook):
    """Of what an author writes: the cells and their order. Outputs and metadata do not count."""
    cells = [[cell.cell_type, cell.get("id", ""), cell.source] for cell in notebook.cells]
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode()).hexdigest()


class Painter:
    """Draws figures as pictures, with the Plotly that JupyterLab draws them with, in a browser that reaches nothing."""

    def __init__(self):
        self.page = self.play = None

    def __enter__(self):
        return self

    def start(self):
        try:
            from playwright.sync_api import sync_playwright
        except ImportError as missing:
            raise Failure(f"figures are drawn by a browser, and what drives it is not installed ({missing}).") from missing
        program = find_browser()
        if not program:
            raise Failure("figures are drawn by a browser, and no Chromium was found (chromium, chromium-browser or google-chrome). "
                          "Debian, Ubuntu: sudo apt install chromium")
        import plotly
        self.play = sync_playwright().start()
        self.browser = self.play.chromium.launch(executable_path=program, args=FLAGS)
        context = self.browser.new_context(viewport={"width": WIDTH + 40, "height": 900}, device_scale_factor=SHARP)
        context.route("**/*", lambda route: route.abort())
        self.page = context.new_page()
        self.page.set_content("<!doctype html><html><body style='margin:0;background:white'></body></html>")
        self.page.add_script_tag(path=str(Path(plotly.__file__).parent / "package_data" / "plotly.min.js"))

    def picture(self, figure):
        """The bytes of a PNG, and its height in the page's pixels."""
        if self.page is None:
            self.start()
        height = self.page.evaluate(DRAW, figure)
        return self.page.locator("#figure").screenshot(animations="disabled"), height

    def __exit__(self, *_):
        if self.play:
            self.browser.close()
            self.play.stop()


def few_colours(png, colours):
    from PIL import Image
    out = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def tidy(text):
    """Without the paths of this machine and the times that the library prints by itself."""
    return TOOK.sub(r"\1… s", text.replace(str(HOME), ".").replace(str(Path.home()), "~"))


def in_one_piece(outputs):
    """The outputs as JupyterLab keeps them: in how many pieces something was printed is chance, so they become one."""
    whole = []
    for output in outputs:
        if whole and output.output_type == whole[-1].output_type == "stream" and output.name == whole[-1].name:
            whole[-1].text += output.text
        else:
            whole.append(output)
    return whole


def normalised(executed):
    """The cells' outputs as they are published; figures are still Plotly's. Returns {index: [output, ...]}."""
    timings, found = Timings(), {}
    for index, cell in enumerate(executed.cells):
        if cell.cell_type != "code":
            continue
        times = timings.cell(cell.source)
        outputs = []
        for output in in_one_piece(cell.outputs):
            if output.output_type == "stream":
                text = tidy(output.text)
                outputs.append(nbformat.v4.new_output("stream", name=output.name, text=timings.mask(text) if times else text))
                continue
            if output.output_type == "error":
                raise Failure("an error")
            data = {key: tidy(value) if isinstance(value, str) else value for key, value in output.data.items()}
            text = data.get("text/plain", "")
            if text.startswith("Your progress"):  # a reader has none; and it would change with each new lesson
                data = {"text/plain": PROGRESS}
            elif text.startswith("claim | "):
                data["text/plain"] = timings.claims_text(text)
                if "text/html" in data:
                    data["text/html"] = timings.claims_html(data["text/html"], text)
            elif times and not text.startswith("predict ") and not run_lessons.VERDICT.match(text):
                figure = data.pop(PLOTLY, None)
                data["text/plain"] = (TIMES if figure else "") + timings.mask(text)
                if "text/html" in data:
                    data["text/html"] = timings.mask_html(data["text/html"])
            count = {"execution_count": output.execution_count} if output.output_type == "execute_result" else {}
            outputs.append(nbformat.v4.new_output(output.output_type, data=data, metadata={}, **count))
        found[index] = outputs
    return found


def with_pictures(outputs, painter):
    """Every figure drawn once: [(output, png, height), ...]; the interactive form goes."""
    drawn = []
    for output in (o for each in outputs.values() for o in each if o.output_type != "stream"):
        figure = output.data.pop(PLOTLY, None)
        if figure is not None:
            drawn.append((output, *painter.picture(figure)))
    return drawn


def written(path, outputs, drawn, colours):
    notebook = run_lessons.read(path)
    for output, png, height in drawn:
        output.data["image/png"] = base64.b64encode(few_colours(png, colours)).decode()
        output.metadata["image/png"] = {"alt": output.data.get("text/plain", ""), "height": height, "width": WIDTH}
    count = 0
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            count += 1
            cell.outputs, cell.execution_count = outputs[index], count
            cell.metadata.pop("execution", None)
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = count
    notebook.metadata[MARK] = {"sources": sources_hash(notebook)}
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def wrong(record):
    """What speaks against publishing. A slow machine does not: the budgets are judged by ./unrolled run and ./unrolled test."""
    return [complaint for complaint in record["complaints"] if "its budget is" not in complaint]


def executed(path, again=True):
    """The executed notebook of target/notebooks/, executed now where it is not the lesson that stands here."""
    lesson, place = run_lessons.read(path), OUT / path.name
    record = place.with_suffix(".json")
    if not again:
        try:
            done = nbformat.read(place, as_version=4)
            if sources_hash(done) == sources_hash(lesson) and not wrong(json.loads(record.read_text(encoding="utf-8"))):
                return done
        except (OSError, ValueError, KeyError):
            pass  # none, or half of one
    OUT.mkdir(parents=True, exist_ok=True)
    progress = OUT / f"progress-publish-{os.getpid()}.json"
    try:
        [told] = run_lessons.run(path, [None], progress)
    finally:
        for part in OUT.glob(progress.name + "*"):
            part.unlink()
    if wrong(told):
        raise Failure(" ".join(wrong(told)))
    return nbformat.read(place, as_version=4)


def publish(path, painter, again):
    outputs = normalised(executed(path, again))
    drawn = with_pictures(outputs, painter)
    for colours in COLOURS:
        text = written(path, outputs, drawn, colours)
        if len(text.encode()) <= MOST_BYTES:
            break
    else:
        raise Failure(f"it would have {len(text.encode()) / 1e6:.2f} MB, and hosts draw no notebook above {MOST_BYTES / 1e6:.0f} MB: show fewer figures.")
    same = path.read_text(encoding="utf-8") == text
    if not same:
        replace(path, text.encode())
    if path.name.startswith(FRONT + "-"):
        front = next((png for output, png, _ in drawn if FRONT_TITLE in output.data.get("text/plain", "")), None)
        if front is None:
            raise Failure(f"none of its figures is {FRONT_TITLE!r}, which README.md shows.")
        replace(path.parent / FRONT_PICTURE, few_colours(front, COLOURS[0]))
    return f"{len(text.encode()) / 1e6:.2f} MB, {len(drawn)} pictures" + (", as it was" if same else "")


NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


def equal_numbers(a, b):
    """Equal to the last printed digit, or by nine digits, or both no more than rounding errors. Whole numbers must be equal."""
    if a == b:
        return True
    if not any(c in a + b for c in ".eE"):
        return False
    x, y = Decimal(a.replace("−", "-")), Decimal(b.replace("−", "-"))
    unit = Decimal(1).scaleb(max(x.as_tuple().exponent, y.as_tuple().exponent))
    return abs(x - y) <= max(unit, Decimal(CLOSE) * max(abs(x), abs(y))) or max(abs(x), abs(y)) < Decimal(TINY)


def difference(old, new):
    """The first place where two texts differ in more than the last digit of a number; None if there is none."""
    if ELLIPSIS in old:  # columns are as wide as the times that are not published
        old, new = (re.sub(" {2,}", "  ", text) for text in (old, new))
    a, b = NUMBER.findall(old), NUMBER.findall(new)
    if NUMBER.sub("#", old) != NUMBER.sub("#", new):
        lines = zip(old.splitlines() + [""] * 99, new.splitlines())
        return next(((x, y) for x, y in lines if NUMBER.sub("#", x) != NUMBER.sub("#", y)), (old, new))
    return next(((x, y) for x, y in zip(a, b) if not equal_numbers(x, y)), None)


def said(outputs):
    return [output.text if output.output_type == "stream" else output.data.get("text/plain", "") for output in outputs]


def check(path, again=False):
    """(state, complaints): what is published against what this machine measures."""
    published = run_lessons.read(path)
    if MARK not in published.metadata:
        return "never published", [f"it was never published: ./unrolled publish {path.name.partition('-')[0]}"]
    if published.metadata[MARK].get("sources") != sources_hash(published):
        return "edited", [f"it was edited and not published: ./unrolled publish {path.name.partition('-')[0]}"]
    complaints, now = [], normalised(executed(path, again))
    for index, outputs in now.items():
        cell = published.cells[index]
        where = f"cell {index + 1} ({run_lessons.first_line(cell)!r})"
        old, new = said(cell.outputs), said(outputs)
        if len(old) != len(new):
            complaints.append(f"{where} shows {len(new)} things; {len(old)} are published.")
            continue
        for before, after in zip(old, new):
            found = difference(before, after)
            if found:
                complaints.append(f"{where} says {found[1][:120]!r}; published is {found[0][:120]!r}.")
        if any(PLOTLY in output.get("data", {}) for output in cell.outputs):
            complaints.append(f"{where} holds an interactive figure: publish the lesson.")
    if path.stat().st_size > MOST_BYTES:
        complaints.append(f"it has {path.stat().st_size / 1e6:.2f} MB; {MOST_BYTES / 1e6:.0f} are the most that hosts draw.")
    return "as published", complaints


def checks(numbers):
    """For ./unrolled test."""
    counts = {"passed": 0, "failed": 0}
    paths = lessons(numbers)
    for path in paths:
        try:
            state, complaints = check(path)
        except Failure as problem:
            state, complaints = "", [str(problem)]
        counts["failed" if complaints else "passed"] += 1
        print(f"{path.name:<{COLUMN}}{'FAILED' if complaints else state}", flush=True)
        for complaint in complaints:
            print(f"    {path.name}: {complaint}", flush=True)
    together = sum(path.stat().st_size for path in paths)
    if together > MOST_TOGETHER:
        counts["failed"] += 1
        print(f"    the notebooks have {together / 1e6:.0f} MB together; {MOST_TOGETHER / 1e6:.0f} are the most.")
    (OUT / "published.json").write_text(json.dumps(counts), encoding="utf-8")
    return counts


def main(arguments):
    unknown = [a for a in arguments if a not in ("--check", "--executed") and not re.fullmatch(r"\d+[a-z]?", a)]
    if unknown:
        raise Failure(f"{unknown[0]!r} is no number of a lesson; say for instance: ./unrolled publish 05 06")
    numbers = [a for a in arguments if not a.startswith("--")]
    paths = lessons(numbers)
    OUT.mkdir(parents=True, exist_ok=True)
    if "--check" in arguments:
        return 1 if checks(numbers)["failed"] else 0
    failed = 0
    with Painter() as painter:
        for path in paths:
            print(f"{path.name:<{COLUMN}}", end="", flush=True)
            try:
                print(publish(path, painter, "--executed" not in arguments), flush=True)
            except Failure as problem:
                failed += 1
                print(f"FAILED, left as it was: {problem}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failure as failure:
        print(f"unrolled: {failure}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("\nInterrupted: every notebook is whole, the rest are as they were.", file=sys.stderr)
        sys.exit(130)
