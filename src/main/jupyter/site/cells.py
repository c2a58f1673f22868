"""The cells of a lesson as HTML. What a prediction asks is folded away: a reader can guess first, as in the notebook."""
import html
import re

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import JavaLexer

from publish import WIDTH
from run_lessons import PLOTLY

EXERCISE = re.compile(r"// Exercise (\d+[a-z]?\.\d+)")
PREDICT = re.compile(r'^\s*predict\("([^"]+)"', re.MULTILINE)
OUTCOME = re.compile(r'^\s*outcome\("([^"]+)"', re.MULTILINE)
IMPORTS = re.compile(r"(import [^\n]*\n?|\s*\n|//[^\n]*\n?)+")
UNANSWERED = re.compile(r"○ .*not answered yet|predict \S+: no prediction yet")
NOTEBOOK = re.compile(r'href="([^":]+\.ipynb[^"]*)"')
NO_PREDICTION = "You made no prediction. "  # a page takes none
JAVA, FORMAT = JavaLexer(), HtmlFormatter(nowrap=True)


def folded(notebook):
    """The cells between a prediction and its outcome: what they show would answer it."""
    hidden, ends = set(), {}
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            ends.update((name, index) for name in OUTCOME.findall(cell.source))
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            for name in PREDICT.findall(cell.source):
                hidden.update(range(index + 1, ends.get(name, index) + 1))
    return hidden


class Cells:
    """Writes the cells of one lesson."""

    def __init__(self, prose, figures):
        self.prose, self.figures = prose, figures

    def html(self, notebook, outputs):
        hidden = folded(notebook)
        return "\n".join(self.prose.render(cell.source) if cell.cell_type == "markdown" else
                         self.code(cell.source, outputs.get(index, []), index in hidden)
                         for index, cell in enumerate(notebook.cells) if cell.cell_type in ("markdown", "code"))

    def code(self, source, outputs, hidden):
        kind = "exercise" if EXERCISE.match(source) else "prediction" if PREDICT.search(source) else ""
        label = {"exercise": '<p class="label">Exercise: answer it <a href="index.html#start">in the notebook</a></p>',
                 "prediction": '<p class="label">Prediction: commit yourself before you unfold what follows</p>'}.get(kind, "")
        code = f'<pre class="code"><code>{highlight(source, JAVA, FORMAT).rstrip()}</code></pre>'
        aside = source.splitlines()[0].lstrip("/ ") if source.startswith("// machinery") else "imports" if IMPORTS.fullmatch(source) else ""
        if aside:
            code = f'<details class="aside"><summary>{html.escape(aside)}</summary>{code}</details>'
        shown = "".join(map(self.output, outputs))
        if shown and hidden:
            shown = f'<details class="result"><summary>Show what the run measured</summary>{shown}</details>'
        return f'<div class="cell {kind}">{label}{code}{shown}</div>'

    def output(self, output):
        if output.output_type == "stream":
            return self.text(output.text) if output.text.strip() else ""
        data = {key: value.replace(NO_PREDICTION, "") if isinstance(value, str) else value for key, value in output.data.items()}
        text = data.get("text/plain", "")
        if UNANSWERED.match(text):
            return ""
        if PLOTLY in data:
            return self.figure(data[PLOTLY], text)
        if "image/svg+xml" in data:
            return f'<div class="drawing" role="img" aria-label="{html.escape(text)}">{data["image/svg+xml"]}</div>'
        if "text/html" in data:
            shown = NOTEBOOK.sub(lambda m: f'href="{self.prose.page(m[1])}"', data["text/html"])
            return f'<div class="scroll shown">{shown}</div>'
        if "text/markdown" in data:
            return f'<div class="shown">{self.prose.render(data["text/markdown"])}</div>'
        return self.text(text) if text.strip() else ""

    @staticmethod
    def text(text):
        return f'<pre class="printed">{html.escape(text.rstrip())}</pre>'

    def figure(self, figure, text):
        index, height = self.figures.add(figure)
        return (f'<figure class="plot" data-lesson="{self.figures.number}" data-figure="{index}"><img src="{self.figures.name(index)}" '
                f'width="{WIDTH}" height="{height}" loading="lazy" alt="{html.escape(text)}"></figure>')
