"""The Markdown of a lesson as HTML, by nbconvert's own parser (formulas, tables and all), with links that lead to pages."""
import html
import re
from urllib.parse import unquote

import mistune
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from course import HOME

HOLE = re.compile("\ue000(\\d+)\ue001")  # where a formula will stand
TAG = re.compile(r"<[^>]*>")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def plain(markup):
    """The words of a piece of HTML, without formulas."""
    return " ".join(html.unescape(HOLE.sub(" ", TAG.sub("", markup))).split())


class Prose(IPythonRenderer):
    """Keeps the formulas, the headings and the pictures of a page while it writes its text."""

    def __init__(self, pages, repository):
        super().__init__(escape=False, exclude_anchor_links=True)
        self.pages, self.repository = pages, repository  # {name of a notebook: its page}; the address of the repository or ""
        self.formulas, self.headings, self.pictures, self.ids = [], [], set(), set()
        self.parser = MarkdownWithMath(self)

    def render(self, source):
        return self.parser.render(source)

    def hole(self, tex, display):
        self.formulas.append((tex, display))
        return f"\ue000{len(self.formulas) - 1}\ue001"

    def block_math(self, body):
        return self.hole(body, True)

    def inline_math(self, body):
        return self.hole(body, False)

    def latex_environment(self, name, body):
        return self.hole(f"\\begin{{{name}}}{body}\\end{{{name}}}", True)

    def heading(self, text, level, **_):
        """With the anchor that JupyterLab gives it, and the one that GitHub gives it."""
        words = html.unescape(TAG.sub("", HOLE.sub(lambda m: f"${self.formulas[int(m[1])][0]}$", text)))
        anchor = self.fresh(words.replace(" ", "-"))
        other = re.sub(r"[^\w -]", "", words.lower()).replace(" ", "-")
        more = "" if other in self.ids else f'<a id="{html.escape(self.fresh(other))}"></a>'
        self.headings.append((level, anchor, text))
        return f'<h{level} id="{html.escape(anchor)}">{more}{text}</h{level}>\n'

    def fresh(self, anchor):
        count, name = 1, anchor
        while name in self.ids:
            count += 1
            name = f"{anchor}-{count}"
        self.ids.add(name)
        return name

    def page(self, url):
        """Of a link to a notebook the link to its page."""
        name, mark, anchor = url.partition("#")
        return self.pages.get(unquote(name), name) + mark + anchor

    def link(self, text, url, title=None):
        if url.startswith("#") or ELSEWHERE.match(url):
            return super().link(text, url, title)
        name, mark, anchor = url.partition("#")
        name = unquote(name)
        if name in self.pages:
            return super().link(text, self.page(url), title)
        file = (HOME / "notebooks" / name).resolve()
        if self.repository and file.exists() and HOME in file.parents:
            return super().link(text, f"{self.repository}/blob/HEAD/{file.relative_to(HOME).as_posix()}{mark}{anchor}", title)
        return text

    def image(self, text, url, title=None):
        if not ELSEWHERE.match(url):
            self.pictures.add(unquote(url))
        return f'<span class="drawing">{super().image(text, url, title)}</span>'

    def table(self, text):
        return f'<div class="scroll"><table>\n{text}</table></div>\n'


def inline(text):
    """A line of Markdown, such as a question, without a paragraph around it."""
    return re.sub(r"^<p>|</p>\s*$", "", mistune.html(text))
