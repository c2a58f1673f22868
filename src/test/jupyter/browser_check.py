"""Opens lessons in the real JupyterLab with a real Chromium that can reach nothing but this machine, and looks at them.

    browser_check.py [NN ...]                      the lessons (all, when none is named), then what a learner does in one
    browser_check.py --screenshots-only NN ...     only opens them and takes a picture of each screenful
    browser_check.py --learner-only                only what a learner does

A lesson that ./unrolled run has executed as it stands is opened with what that run showed; the first one, and each that has not been
executed, runs here.
Pictures go to target/browser/NN-1.png, NN-2.png, ..., NN-failed.png shows what failed, and the verdicts go to
target/browser/report.json. Exit 1 if a check fails, 3 if no Chromium was found.
"""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlparse

import nbformat
from nbformat.sign import NotebookNotary
from playwright.sync_api import sync_playwright

HOME = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(HOME / "src" / "main" / "jupyter"))
from browser import FLAGS, find_browser  # noqa: E402
from publish import in_one_piece, sources_hash  # noqa: E402
OUT = HOME / "target" / "browser"
COURSE = OUT / "course"  # a copy of the lessons, so that a run never writes into them
EXECUTED = HOME / "target" / "notebooks"
DATA = OUT / "data"  # where Jupyter keeps which notebooks it may trust
TOKEN = "browser-check"
VIEW = {"width": 1400, "height": 2400}
LESSON_SECONDS = 240  # generous: only run_lessons.py judges speed
STOP_SECONDS = 1.0
FIT_PAUSE = 1200  # milliseconds until a figure has followed its cell
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
PLOTLY = "application/vnd.plotly.v1+json"

# What is wrong with the page, asked in the page itself: each complaint is a sentence.
LOOK = r"""panel => {
  const said = [];
  const first = node => JSON.stringify((node.closest('.jp-Cell')?.querySelector('.cm-line')?.textContent ?? '').slice(0, 80));
  const text = (node, selector) => [...node.querySelectorAll(selector)].map(n => n.textContent.trim()).join('');
  const figures = [...panel.querySelectorAll('.js-plotly-plot')];
  figures.forEach((figure, i) => {
    const name = `figure ${i + 1} (cell ${first(figure)})`;
    const svg = figure.querySelector('svg.main-svg');
    if (!svg || svg.getBoundingClientRect().height < 50) { said.push(`${name} is not drawn.`); return; }
    const panels = figure.querySelectorAll('.cartesianlayer .subplot').length;
    // Charts side by side have a heading each, drawn as an annotation.
    const headings = [...figure.querySelectorAll('.annotation-text')].filter(n => n.textContent.trim()).length;
    if (panels > 1 ? headings < panels : !text(figure, '.g-gtitle')) said.push(`${name} has no title.`);
    if (figure.querySelector('.cartesianlayer .subplot')) {
      const layout = figure._fullLayout ?? {};
      const shown = letter => Object.keys(layout).some(k => RegExp(`^${letter}axis\\d*$`).test(k) && layout[k].visible !== false);
      for (const letter of ['x', 'y'])
        if (shown(letter) && !text(figure, `[class^="g-${letter}"][class*="title"]`)) said.push(`${name} has no title on its ${letter} axis.`);
    }
  });
  panel.querySelectorAll('.jp-OutputArea-output').forEach(output => {
    if (output.scrollWidth > output.clientWidth + 2)
      said.push(`an output of cell ${first(output)} is cut off: ${output.scrollWidth} pixels in ${output.clientWidth}.`);
  });
  panel.querySelectorAll('mjx-merror, [data-mjx-error], .katex-error').forEach(e => said.push(`a formula is wrong: ${e.textContent.slice(0, 80)}`));
  panel.querySelectorAll('.jp-RenderedMarkdown').forEach(markdown => {
    const copy = markdown.cloneNode(true);
    copy.querySelectorAll('code, pre, mjx-container, script, style').forEach(n => n.remove());
    if (/\$\$|\\\(|\\\[|\\frac|\\partial/.test(copy.textContent)) said.push(`a formula is not drawn: ${copy.textContent.trim().slice(0, 80)}`);
  });
  panel.querySelectorAll('img').forEach(image => {
    const source = image.getAttribute('src');
    if (source && image.complete && image.naturalWidth === 0) said.push(`the picture ${source.slice(0, 60)} is missing.`);
  });
  return [said, figures.length];
}"""
# The notebook as JupyterLab holds it now: its cells with their outputs.
MODEL = "() => window.jupyterapp.shell.currentWidget.content.model.toJSON()"
# Opens a lesson in a tab, as a click in the file browser does, after the one before is closed.
OPEN = """async name => {
  const {shell, commands} = window.jupyterapp;
  for (const widget of [...shell.widgets('main')]) {
    if (widget.context) widget.context.model.dirty = false;  // it is a copy: nobody is asked whether to keep it
    widget.close();
  }
  const opened = await commands.execute('docmanager:open', {path: name});
  await opened.revealed;
  shell.activateById(opened.id);
}"""
# Every figure of the notebook has its drawing.
DRAWN = """() => {
  const widget = window.jupyterapp.shell.currentWidget, cells = widget.content.model.toJSON().cells;
  const wanted = cells.flatMap(c => c.outputs ?? []).filter(o => o.data?.['application/vnd.plotly.v1+json']).length;
  return [...widget.node.querySelectorAll('.js-plotly-plot')].filter(plot => plot.querySelector('svg.main-svg')).length >= wanted;
}"""
# Whether the kernel rests and no cell of the notebook waits for it. Before its first cell JupyterLab calls a kernel "unknown".
RESTS = """() => {
  const notebook = window.jupyterapp?.shell?.currentWidget, kernel = notebook?.sessionContext?.session?.kernel;
  return kernel?.connectionStatus === 'connected' && ['idle', 'unknown'].includes(kernel.status)
      && ![...notebook.node.querySelectorAll('.jp-InputPrompt')].some(prompt => prompt.textContent.includes('*'));
}"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Lab:
    """JupyterLab on a free port, with settings of its own and the copied lessons as its folder."""

    def __init__(self):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        environment = {**os.environ, "UNROLLED_PROGRESS": str(OUT / "progress.json"), "JUPYTER_CONFIG_DIR": str(OUT / "config"), "JUPYTER_DATA_DIR": str(DATA),
                       "JUPYTERLAB_SETTINGS_DIR": str(OUT / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(OUT / "workspaces")}
        self.log = (OUT / "jupyter.log").open("w")
        self.begin = time.monotonic()
        self.process = subprocess.Popen(
            [HOME / "unrolled", "lab", "--no-browser", f"--port={port}", f"--ServerApp.root_dir={COURSE}",
             f"--IdentityProvider.token={TOKEN}", "--LabApp.expose_app_in_browser=True"],
            env=environment, stdout=self.log, stderr=self.log,
            # As a script does with what it starts in its background; the stop button must work all the same.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))

    def __enter__(self):
        while time.monotonic() - self.begin < 90 and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/api?token={TOKEN}", timeout=5).close()
                self.seconds = time.monotonic() - self.begin
                return self
            except OSError:
                time.sleep(0.1)
        self.__exit__()
        raise SystemExit(f"JupyterLab did not answer; see {OUT / 'jupyter.log'}.")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()


class Reader:
    """Someone who reads lessons in the browser."""

    def __init__(self, browser, lab):
        self.lab, self.strangers, self.verdicts, self.inside = lab, [], [], False
        context = browser.new_context(viewport=VIEW)
        context.route("**/*", self.guard)
        self.page = context.new_page()

    def guard(self, route):
        url = urlparse(route.request.url)
        if url.scheme in ("data", "blob") or url.hostname == "127.0.0.1":
            route.continue_()
        else:
            self.strangers.append(route.request.url)
            route.abort()

    def say(self, name, complaints):
        self.verdicts.append({"check": name, "complaints": complaints})
        print(f"  {'FAILED' if complaints else 'ok    '} {name}", flush=True)
        for complaint in complaints:
            print(f"         {complaint}", flush=True)

    def open(self, name):
        self.page.goto(f"{self.lab.url}/lab/tree/{name}?token={TOKEN}&reset", wait_until="domcontentloaded")
        self.page.wait_for_function(RESTS, timeout=90_000)
        self.inside = True

    def open_next(self, name):
        """As open, but in the JupyterLab that is open already."""
        if not self.inside:
            return self.open(name)
        self.page.evaluate(OPEN, name)
        self.page.wait_for_function(f"() => window.jupyterapp.shell.currentWidget?.context?.path === {json.dumps(name)}", timeout=30_000)
        self.page.wait_for_function(RESTS, timeout=90_000)

    def menu(self, bar, item):
        self.page.click(f'.lm-MenuBar-itemLabel:text-is("{bar}")')
        self.page.click(f'.lm-Menu-itemLabel:has-text("{item}")')

    def run_all(self):
        self.menu("Run", "Run All Cells")
        self.finish()

    def finish(self, seconds=LESSON_SECONDS):
        # All cells are asked for at once; a moment later each of them shows a star until it has run.
        self.page.wait_for_timeout(500)
        self.page.wait_for_function(RESTS, timeout=seconds * 1000)
        self.page.wait_for_timeout(500)

    def cells(self):
        return self.page.evaluate(MODEL)["cells"]

    def errors(self):
        said = []
        for index, cell in enumerate(self.cells(), 1):
            if cell["cell_type"] == "code" and "".join(cell["source"]).strip() and cell.get("execution_count") is None:
                said.append(f"cell {index} did not run.")
            for output in cell.get("outputs", []):
                if output["output_type"] == "error":
                    said.append(f"cell {index} fails: {output.get('ename')}: {output.get('evalue')}"[:300])
                if output["output_type"] == "stream" and output["name"] == "stderr":
                    said.append(f"cell {index} writes to the error stream: {''.join(output['text'])[:200]!r}")
        return said

    def look(self):
        expected = sum(PLOTLY in output.get("data", {}) for cell in self.cells() for output in cell.get("outputs", []))
        said, drawn = self.page.locator(PANEL).evaluate(LOOK)
        return said + ([f"{drawn} of {expected} figures are on the page."] if drawn != expected else []), expected

    def pictures(self, stem):
        """The notebook scrolls inside its panel: a picture of each screenful."""
        for old in OUT.glob(f"{stem}-*.png"):
            old.unlink()
        box = self.page.locator(f"{PANEL} .jp-WindowedPanel-outer")
        total, height = box.evaluate("node => [node.scrollHeight, node.clientHeight]")
        tops = range(0, total, max(1, height - 60))
        for count, top in enumerate(tops, 1):
            box.evaluate("(node, y) => node.scrollTo(0, y)", top)
            self.page.wait_for_timeout(250)
            self.page.screenshot(path=OUT / f"{stem}-{count}.png")
        return len(tops)

    def lesson(self, name, live, pictures):
        number = name.partition("-")[0]
        before, begin, figures, count = len(self.strangers), time.monotonic(), 0, 0
        try:
            self.open_next(name)
            if live:
                self.run_all()
            else:
                self.page.wait_for_function(DRAWN, timeout=60_000)
            complaints, figures = self.look()
            complaints = self.errors() + complaints
            if pictures:
                count = self.pictures(number)
            if number in FITTED:
                complaints += fit(self)
                self.page.set_viewport_size(VIEW)
        except Exception as problem:  # the browser's own, such as a time-out
            complaints = [f"{type(problem).__name__}: {str(problem).splitlines()[0]} (target/browser/{number}-failed.png)"]
            self.page.screenshot(path=OUT / f"{number}-failed.png")
            self.inside = False  # the next lesson begins with a page of its own
        complaints += [f"asks the network for {url}" for url in dict.fromkeys(self.strangers[before:])]
        self.say(f"{name}: {figures} figures, {f'{count} pictures, ' if pictures else ''}{'run here, ' if live else ''}{time.monotonic() - begin:.0f} s", complaints)
        self.shutdown()

    def cell(self, index):
        return self.page.locator(f"{PANEL} .jp-Cell").nth(index)

    def write(self, index, source):
        """Puts source into a cell as one who types."""
        self.cell(index).locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)

    def run_cell(self, index, seconds=60):
        self.cell(index).locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")
        self.finish(seconds)
        return self.cells()[index]

    def shutdown(self):
        """One kernel at a time is enough for a small machine."""
        self.page.evaluate("() => window.jupyterapp?.serviceManager.sessions.shutdownAll()")


def thread_dumps():
    """What every Java kernel of this machine does now, in a file: a loop that does not end leaves no other trace."""
    tools, file = Path(os.environ["JAVA_HOME"]) / "bin", OUT / "kernel-threads.txt"
    with file.open("w", encoding="utf-8") as dump:
        for line in subprocess.run([tools / "jcmd", "-l"], capture_output=True, text=True).stdout.splitlines():
            if "unrolled.notebook.kernel" in line:
                dump.write(line + "\n")
                dump.flush()
                try:
                    subprocess.run([tools / "jstack", "-l", line.split()[0]], stdout=dump, stderr=dump, timeout=20)
                except subprocess.TimeoutExpired:
                    dump.write("no answer in 20 s: this JVM does not reach a safepoint\n")
    return file.relative_to(HOME)


def notebook(name, *cells):
    """A notebook of these cells beside the lessons."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
                                    metadata={"kernelspec": {"display_name": "Java", "language": "java", "name": "java"}})
    nbformat.write(book, COURSE / name)


def stop_and_restart(reader):
    notebook("stop.ipynb", "int a = 1;", "long turns = 0;\nwhile (true) { turns++; }", "a + 1")
    reader.open("stop.ipynb")
    page, complaints = reader.page, []
    reader.run_cell(0)
    reader.cell(1).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(2000)
    if page.evaluate(RESTS):
        complaints.append("the endless cell was not running.")
    begin = time.monotonic()
    page.click(f'{PANEL} [data-command="notebook:interrupt-kernel"], {PANEL} [data-jp-item-name="interrupt"]')
    try:
        page.wait_for_function(RESTS, timeout=20_000, polling=20)
        seconds = time.monotonic() - begin
        if seconds > STOP_SECONDS:
            complaints.append(f"it took {seconds:.1f} s; its budget is {STOP_SECONDS} s.")
    except Exception:
        reader.say("the stop button ends an endless loop", complaints + [
            f"the cell still runs 20 s after the click; what the kernels' threads do stands in {thread_dumps()}."])
        reader.shutdown()
        return
    outputs = reader.run_cell(2)["outputs"]
    if not any("2" in str(output.get("data", {})) for output in outputs):
        complaints.append(f"the kernel does not answer after the stop: {outputs}")
    reader.say(f"the stop button ends an endless loop in {seconds:.2f} s, and the kernel still answers", complaints)

    reader.write(1, "long turns = 7;")
    reader.run_cell(2)  # its number is now 4, so that a 3 can only come from the new kernel
    reader.menu("Kernel", "Restart Kernel and Run All Cells")
    page.click('.jp-Dialog-button:has-text("Restart")')
    try:
        reader.cell(2).locator(".jp-InputPrompt", has_text="[3]").wait_for(timeout=60_000)
        page.wait_for_function(RESTS, timeout=20_000)
    except Exception:
        pass  # the numbers of the cells tell
    counts = [cell.get("execution_count") for cell in reader.cells()]
    complaints = [] if counts == [1, 2, 3] else [f"the cells are numbered {counts}, not 1, 2, 3."]
    reader.say("Restart Kernel and Run All Cells", complaints + reader.errors())
    reader.shutdown()


def every_line_arrives(reader):
    """The output limits of the server and of the page, not only of the kernel."""
    lines = 20_000
    notebook("lines.ipynb", f'for (int i = 1; i <= {lines}; i++) System.out.println("step " + i);')
    reader.open("lines.ipynb")
    begin = time.monotonic()
    outputs = reader.run_cell(0)["outputs"]
    seconds = time.monotonic() - begin
    text = "".join("".join(output.get("text", "")) for output in outputs)
    complaints = [] if text == "".join(f"step {i}\n" for i in range(1, lines + 1)) else [
        f"{text.count(chr(10))} lines arrived; the last is {text.splitlines()[-1:]}."]
    last = reader.cell(0).locator(".jp-OutputArea-output").last.text_content()
    if f"step {lines}" not in last:
        complaints.append(f"the page ends with {last[-80:]!r}.")
    reader.say(f"{lines} printed lines are all in the notebook and on the page, {seconds:.1f} s", complaints)
    reader.shutdown()


# Whether every figure fits the cell that it stands in, asked in the page itself: its words, buttons and plots lie inside and cover nothing.
FIT = r"""panel => {
  const said = [], round = Math.round;
  const kinds = {
    'a title': '.g-gtitle text', 'a heading or note': '.annotation-text', 'the legend': '.legendtext', 'a button': '.updatemenu-button',
    'the slider': '.slider-rail-group, .slider-label', 'the colour bar': '.cbtitle text, .cbaxis text', 'a tick': '[class*="xtick"] > text, [class*="ytick"] > text',
    'the title of an axis': '[class^="g-x"][class*="title"] text, [class^="g-y"][class*="title"] text', 'a plot': '.draglayer .nsewdrag'};
  const slanted = node => { const turn = /rotate\(\s*(-?[\d.]+)/.exec(node.getAttribute('transform') ?? ''); return turn && turn[1] % 90 !== 0; };
  const figures = [...panel.querySelectorAll('.jp-RenderedPlotly')];
  figures.forEach((figure, number) => {
    const svg = figure.querySelector('svg.main-svg'), parts = [];
    if (!svg) { said.push(`figure ${number + 1} is not drawn.`); return; }
    const box = svg.getBoundingClientRect(), room = figure.closest('.jp-OutputArea-output').getBoundingClientRect();
    const name = `figure ${number + 1}, in a cell of ${round(room.width)} pixels,`, own = figure._fullLayout;
    if (Math.abs(box.width - room.width) > 2 && box.width > 400) said.push(`${name} is ${round(box.width)} wide.`);
    const light = own.paper_bgcolor && own.font.color ? [own.paper_bgcolor, own.font.color].map(c => parseInt(c.slice(1, 3), 16)) : [0, 0];
    if (light[0] < 240 || light[1] > 60) said.push(`${name} has ${own.font.color} on ${own.paper_bgcolor}, not dark words on a light card.`);
    for (const [kind, selector] of Object.entries(kinds)) {
      for (const node of figure.querySelectorAll(selector)) {
        const at = node.getBoundingClientRect();
        if (at.width && at.height) parts.push({kind, node, at, text: node.textContent.trim().slice(0, 40)});
      }
    }
    parts.forEach(({kind, at, text}, i) => {
      if (at.left < box.left - 1 || at.right > box.right + 1 || at.top < box.top - 1 || at.bottom > box.bottom + 1)
        said.push(`${name} cuts off ${kind} '${text}': ${round(at.left - box.left)} to ${round(at.right - box.left)} of ${round(box.width)}.`);
      if (kind === 'a plot' && (at.width < 60 || at.height < 60)) said.push(`${name} leaves a plot ${round(at.width)} x ${round(at.height)} pixels.`);
      for (const other of parts.slice(i + 1)) {
        const inPlot = other.kind === 'a plot' && ['a tick', 'a heading or note'].includes(kind);
        const together = kind === other.kind && (['a button', 'the slider'].includes(kind) || slanted(parts[i].node) || slanted(other.node));
        const across = Math.min(at.right, other.at.right) - Math.max(at.left, other.at.left);
        const down = Math.min(at.bottom, other.at.bottom) - Math.max(at.top, other.at.top);
        if (!inPlot && !together && across > 3 && down > 3) said.push(`${name}: ${kind} '${text}' and ${other.kind} '${other.text}' overlap by ${round(across)} x ${round(down)}.`);
      }
    });
  });
  panel.querySelectorAll('.jp-RenderedSVG').forEach(drawing => {
    if (drawing.scrollWidth > drawing.clientWidth + 2) said.push(`a drawing is cut off: ${drawing.scrollWidth} pixels in ${drawing.clientWidth}.`);
  });
  return [said.slice(0, 12), figures.length];
}"""
DARK = "name => window.jupyterapp.commands.execute('apputils:change-theme', {theme: `JupyterLab ${name}`})"
# Window widths; beside the open file browser their cells have about 970, 570 and 330 pixels.
WINDOWS = (1400, 1000, 700)
FITTED = ("00", "05", "13")  # the lessons whose figures are looked at in each


def fit(reader, widths=WINDOWS):
    """Complaints about the figures of the open notebook in windows of several widths."""
    complaints = []
    for width in widths:
        reader.page.set_viewport_size({"width": width, "height": VIEW["height"]})
        reader.page.wait_for_timeout(FIT_PAUSE)
        said, count = reader.page.locator(PANEL).evaluate(FIT)
        complaints += said if count else [f"no figure is drawn in a window of {width} pixels."]
    return complaints


def figures_fit(reader):
    """Each kind of figure: in both themes, in windows that grow and shrink, and when a saved notebook is opened again."""
    notebook("width.ipynb", """import unrolled.plot.*;
import static unrolled.notebook.Display.show;
import java.util.*;
double[] a = {3, 2, 1.5, 1.2}, b = {3.1, 2.4, 12000.5, 2.1};
LineChart lines(String title) {
    return Plots.lines(title, "epoch", "loss (mean over all held-out sequences)").caption("Both fall; the second one climbs again in the middle of it all.")
        .add("a training run with a long name", a).add("held-out examples of the same run", b).vline(2, "the best epoch");
}
Map<String, Chart<?>> film(Chart<?> first, Chart<?> last) {
    Map<String, Chart<?>> film = new LinkedHashMap<>();
    for (int i = 0; i < 12; i++) film.put("after epoch " + i, i < 6 ? first : last);
    return film;
}
GridChart map(String title, double sign) {
    double[][] z = new double[8][10];
    for (int i = 0; i < 80; i++) z[i / 10][i % 10] = sign * Math.sin(i);
    return Plots.heatmap(title, "time step t", "unit", 0, z);
}""", """show(lines("Loss of two runs of the same network, whose title needs more than one line"));
show(Plots.row(lines("A plain network"), lines("A network with gates"), lines("The same for longer")));
show(Plots.row(lines("Loss"), Plots.bars("Errors", "network", "errors in %").add("u", new String[] {"RNN", "LSTM"}, new double[] {12.5, 0.25})));
show(Plots.compare(map("Gradient before", 1), map("Gradient afterwards", -1), map("And in the end", 0.5)));
show(Drawing.of("A drawing of a network").node("x", 0, 0).node("h", 2, 0).node("y", 4, 0).edge("x", "h", 1).edge("h", "y", 2));
show(Plots.frames(film(lines("What the network says early"), lines("What the network says late"))));
show(Plots.frames(film(Plots.unfolded("A run").row("x", a).row("h", b).link("x", "h").memory("h", "h"), Plots.unfolded("A run").row("x", b).row("h", a).link("x", "h").memory("h", "h"))));""")
    reader.open("width.ipynb")
    reader.run_cell(0)
    reader.run_cell(1)
    complaints = reader.errors() + fit(reader, (*WINDOWS, 1000))
    reader.page.screenshot(path=OUT / "width-1000.png")
    reader.page.evaluate(DARK, "Dark")
    complaints += fit(reader, (1000, 700))
    reader.page.screenshot(path=OUT / "width-dark.png")
    reader.page.evaluate(DARK, "Light")
    reader.page.set_viewport_size(VIEW)
    reader.page.wait_for_timeout(FIT_PAUSE)
    reader.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    reader.page.set_viewport_size({"width": 1000, "height": VIEW["height"]})
    reader.open("width.ipynb")
    try:
        reader.page.wait_for_function("() => document.querySelectorAll('.jp-RenderedPlotly .main-svg').length >= 6", timeout=20_000)
    except Exception:
        complaints.append("opened again, figures stay pictures.")
    complaints += [f"opened again: {said}" for said in fit(reader, (1000,))]
    reader.page.set_viewport_size(VIEW)
    reader.say("every kind of figure fits its cell in windows of 1400, 1000 and 700 pixels, in both themes, and opened again", complaints)
    reader.shutdown()


def names_are_offered(reader):
    """Tab completes, Shift+Tab explains."""
    notebook("names.ipynb", "import unrolled.layers.*;", "")
    reader.open("names.ipynb")
    page, complaints = reader.page, []
    reader.run_cell(0)
    reader.write(1, "new Lst")
    page.keyboard.press("Tab")
    try:
        page.wait_for_function("() => document.querySelector('.jp-Completer-item') || /Lstm\\(/.test(document.querySelectorAll('.jp-Cell .cm-content')[1].textContent)",
                               timeout=15_000)
    except Exception:
        complaints.append("Tab behind 'new Lst' offers nothing.")
    offered = page.locator(".jp-Completer-item").all_text_contents() or [reader.cell(1).locator(".cm-content").text_content()]
    if not any("Lstm" in name for name in offered):
        complaints.append(f"Tab behind 'new Lst' offers {offered[:5]}.")
    page.screenshot(path=OUT / "tab.png")
    page.keyboard.press("Escape")
    reader.write(1, "new Lstm(")
    page.keyboard.press("Shift+Tab")
    try:
        tip = page.locator(".jp-Tooltip").text_content(timeout=15_000)
        page.screenshot(path=OUT / "shift-tab.png")
        if "int D, int H" not in tip or "Xavier" not in tip:
            complaints.append(f"Shift+Tab behind 'new Lstm(' says {tip[:120]!r}.")
    except Exception:
        complaints.append("Shift+Tab behind 'new Lstm(' says nothing.")
    reader.say("Tab completes a name and Shift+Tab explains it", complaints)
    reader.shutdown()


def solutions():
    path = os.pathsep.join([str(HOME / "target" / "classes"), str(HOME / "target" / "lib" / "*")])
    return json.loads(subprocess.run([Path(os.environ["JAVA_HOME"]) / "bin" / "java", "-cp", path, "unrolled.course.Solutions"],
                                     capture_output=True, check=True).stdout)


def answer(reader, names):
    """Types a wrong and then the right answer into the first exercise that asks for a number."""
    for name in names:
        for index, cell in enumerate(nbformat.read(COURSE / name, as_version=4).cells):
            heading = re.match(r"// Exercise (\d+[b-z]?\.\d+)[^\n]*\n(double \w+ = )Double\.NaN;", cell.source)
            if cell.cell_type != "code" or not heading:
                continue
            number, check = heading[1], cell.source[cell.source.index(f'check("{heading[1]}"'):]
            complaints = []
            reader.open(name)
            reader.run_all()
            for mark, attempt in (("✗", f"{heading[2]}987654.321;"), ("✓", solutions()[number])):
                reader.write(index, f"// Exercise {number}\n{attempt}\n{check}")
                outputs = reader.run_cell(index)["outputs"]
                said = " ".join("".join(output.get("data", {}).get("text/plain", "")) for output in outputs)
                if not said.startswith(f"{mark} {number}"):
                    complaints.append(f"{attempt!r} is answered {said[:100]!r}, which does not begin with {mark}.")
            reader.say(f"exercise {number} answers ✗ to a wrong and ✓ to the right answer", complaints)
            reader.shutdown()
            return
    reader.say("an exercise answers", ["no lesson has an exercise that asks for a number."])


def open_executed(name):
    """Puts the executed lesson in place of the copy, signed as one's own; false if there is none of this lesson as it stands."""
    try:
        book = nbformat.read(EXECUTED / name, as_version=4)
        if sources_hash(book) != sources_hash(nbformat.read(COURSE / name, as_version=4)):
            return False
    except (OSError, ValueError):
        return False
    for cell in book.cells:  # in pieces, JupyterLab's model would hold the output behind them twice
        if cell.cell_type == "code":
            cell.outputs = in_one_piece(cell.outputs)
    nbformat.write(book, COURSE / name)
    NotebookNotary(data_dir=str(DATA)).sign(book)
    return True


def main(arguments):
    numbers = {argument.zfill(2 + argument[-1:].isalpha()) for argument in arguments if argument[:1].isdigit()}
    program = find_browser()
    if not program:
        print("no Chromium was found (chromium, chromium-browser or google-chrome)")
        return 3
    for old in (COURSE, DATA, OUT / "settings", OUT / "workspaces", OUT / "config"):
        shutil.rmtree(old, ignore_errors=True)
    for old in OUT.glob("progress.json*"):
        old.unlink()
    shutil.copytree(HOME / "notebooks", COURSE, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    DATA.mkdir(parents=True)
    names = sorted(path.name for path in COURSE.glob("[0-9][0-9]*-*.ipynb") if not numbers or path.name.partition("-")[0] in numbers)
    with Lab() as lab, sync_playwright() as play:
        print(f"  JupyterLab answers after {lab.seconds:.1f} s", flush=True)
        browser = play.chromium.launch(executable_path=program, args=FLAGS)
        reader = Reader(browser, lab)
        if "--learner-only" not in arguments:
            for name in names:
                reader.lesson(name, live=name == names[0] or not open_executed(name), pictures="--screenshots-only" in arguments)
        if "--screenshots-only" not in arguments:
            for task in (stop_and_restart, every_line_arrives, figures_fit, names_are_offered, lambda reader: answer(reader, names)):
                try:
                    task(reader)
                except Exception as problem:
                    reader.page.screenshot(path=OUT / "failed.png")
                    reader.say("what a learner does", [f"{type(problem).__name__}: {str(problem).splitlines()[0]} (target/browser/failed.png)"])
        browser.close()
    failed = sum(bool(verdict["complaints"]) for verdict in reader.verdicts)
    report = {"passed": len(reader.verdicts) - failed, "failed": failed, "verdicts": reader.verdicts}
    (OUT / "report.json").write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
