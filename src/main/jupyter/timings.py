"""Finds the cells of a lesson whose numbers are times of the machine, so that no published notebook holds them.

A name is tainted when its value comes from a clock: System.nanoTime(), the seconds of a training history, or another tainted name.
A cell with a tainted statement shows times; the numbers in what it shows are replaced by an ellipsis.
"""
import re

CLOCK = re.compile(r"System\.(nanoTime|currentTimeMillis)|(\.|::)(seconds|stepsPerSecond)\b|\b(Instant|LocalDate|LocalTime|LocalDateTime)\.now|"
                   r"Runtime\.getRuntime|System\.getProperty|\.identityHashCode\b")
LITERAL = re.compile(r'"""(?:.|\n)*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*(?:.|\n)*?\*/')
ASSIGNED = re.compile(r"(\b[\w>\]]+(?:\[\])*\s+)?\b([a-zA-Z_]\w*)(?:\[[^\]=]*\])*\s*[-+*/]?=(?![=>])")
LISTED = re.compile(r",\s*([a-zA-Z_]\w*)(?:\[[^\]=]*\])*\s*=(?![=>])")
LOOP = re.compile(r"\s*(?:for|while|if)\s*\(|\s*else\b")
FILLED = re.compile(r"\s*([a-z_]\w*)\s*\.\s*\w+\s*\(")
METHOD = re.compile(r"^\s*(?:[\w<>\[\],.?]+\s+)+(\w+)\s*\([^{}]*\)\s*(?:throws [\w., ]+)?\{", re.DOTALL)
KEYWORDS = {"for", "if", "while", "switch", "try", "catch", "do", "else", "return", "new"}
ELLIPSIS = "…"
NUMBER = re.compile(r"(?<![\w.])[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.]*\()")
# A bar of progress and the line of a training history say how long it took, in every cell.
TOOK = re.compile(r"(\b(?:epochs?|\d+ of \d+) in )(?:\d+ min )?\d+(?:\.\d+)? s\b(?:, about (?:\d+ min )?\d+(?:\.\d+)? s left)?")


def without_literals(code):
    return LITERAL.sub(lambda m: " " * len(m[0]) if m[0][0] == "/" else '"' + " " * (len(m[0]) - 2) + '"', code)


def statements(code):
    """(depth of braces, text) of each statement; what stands between round brackets is not cut."""
    found, depth, round_, start = [], 0, 0, 0
    for i, c in enumerate(code):
        round_ += (c == "(") - (c == ")")
        if round_ == 0 and c in ";{}":
            found.append((depth, start, code[start:i + 1]))
            depth += (c == "{") - (c == "}")
            start = i + 1
    return [*found, (depth, start, code[start:])]


def without_loop(text):
    """A statement without the "for (...)" or "if (...)" that stands before it on its own."""
    while head := LOOP.match(text):
        end, depth = head.end(), int(head[0].endswith("("))
        while depth and end < len(text):
            depth += (text[end] == "(") - (text[end] == ")")
            end += 1
        text = text[end:]
    return text


class Timings:
    """Reads the cells of one lesson from top to bottom."""

    def __init__(self):
        self.names = set()
        self.sentences = []  # how the claims begin whose measured numbers are times

    def tainted(self, text, more=()):
        return bool(CLOCK.search(text)) or bool(set(re.findall(r"\b[a-zA-Z_]\w*", text)) & (self.names | set(more)))

    def cell(self, source):
        """Whether this cell shows times."""
        code, shows, local = without_literals(source), False, set()
        method = None  # the depth and name of the method whose body is read, and whether it is tainted
        for depth, start, text in statements(code):
            if method and depth <= method[0]:
                method = None
            header = METHOD.match(text) if depth == 0 else None
            if header and header[1] not in KEYWORDS and "=" not in text.split("(")[0]:
                method, local = (depth, header[1]), set()
                continue
            hit = self.tainted(text, local)
            declared = {m[2] for m in ASSIGNED.finditer(text) if m[1] and m[1].strip() not in KEYWORDS}
            assigned = {m[2] for m in ASSIGNED.finditer(text)} | set(LISTED.findall(text))
            filled = FILLED.match(without_loop(text))
            if filled and not CLOCK.match(text.strip()):
                assigned.add(filled[1])
            if method:
                if hit:
                    self.names.add(method[1])
                    local |= assigned
                continue
            if hit:
                (self.names if depth == 0 else local).update(declared)
                self.names |= assigned - declared
                claimed = re.match(r"\s*claim\(", text)
                if claimed:
                    literal = re.match(r'\s*claim\(\s*"((?:\\.|[^"\\])*)"', source[start:])
                    self.sentences.append(literal[1].replace('\\"', '"').split("%")[0] if literal else "")
                elif not declared or re.search(r"\b(say|show|print\w*|html|markdown)\(", text):
                    shows = shows or bool(re.search(r"\b(say|show|println|printf|print|html|markdown)\(", text)) or not text.rstrip().endswith((";", "{", "}"))
            elif depth == 0:
                self.names -= declared  # a new value of an old name
        return shows

    def mask(self, text):
        return NUMBER.sub(ELLIPSIS, text)

    def mask_html(self, html):
        return "".join(part if part.startswith("<") else self.mask(part) for part in re.split(r"(<[^>]*>)", html))

    def claims_text(self, text):
        """Of a table of claims only the numbers that are times."""
        def row(line):
            parts = line.split(" | ")
            if len(parts) >= 3 and any(line.startswith(sentence) for sentence in self.sentences):
                parts[1:-1] = [self.mask(part) for part in parts[1:-1]]
            return " | ".join(parts)
        return "\n".join(map(row, text.split("\n")))

    def claims_html(self, html, text):
        """The rows of the HTML stand in the order of the lines of the text."""
        hit = [any(line.startswith(s) for s in self.sentences) for line in text.split("\n")]
        rows = re.split(r"(<tr\b.*?</tr>)", html, flags=re.DOTALL)
        at = 0
        for i, part in enumerate(rows):
            if part.startswith("<tr"):
                if at < len(hit) and hit[at]:
                    cells = re.split(r"(<td\b.*?</td>)", part, flags=re.DOTALL)
                    if len(cells) > 3:
                        cells[3] = self.mask_html(cells[3])
                    rows[i] = "".join(cells)
                at += 1
        return "".join(rows)
