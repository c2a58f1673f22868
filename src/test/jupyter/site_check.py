"""Builds the site and reads all of it with a real Chromium that can reach nothing but the site's own files.

    site_check.py [--as-it-is]    --as-it-is: reads target/site-check/ without building it anew

Each page at 390, 1000 and 1400 pixels in both themes: nothing wider than the window, no word that cannot be read, no error, every
figure drawn, every formula set, every link followed. Then the search, the switch, the menu, print, a browser without scripts, bad
input and an interruption. Verdicts go to target/site-check.json. Exit 1 if a check fails, 3 if no Chromium was found.
"""
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from urllib.parse import unquote

import nbformat
from playwright.sync_api import sync_playwright

HOME = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(HOME / "src" / "main" / "jupyter"), str(HOME / "src" / "main" / "jupyter" / "site")]
from browser import FLAGS, find_browser  # noqa: E402
import build  # noqa: E402
import contents  # noqa: E402

SITE, REPORT = HOME / "target" / "site-check", HOME / "target" / "site-check.json"
BUILD = HOME / "src" / "main" / "jupyter" / "site" / "build.py"
ADDRESS = "https://github.com/someone/unrolled"  # every build of this check takes it for the repository's
WIDTHS, THEMES = (1400, 1000, 390), ("light", "dark")
LEAST_CONTRAST = 4.5

# Of the page as it opens: its links, its anchors, its formulas, and what is written but not set.
READ = r"""() => {
  const article = document.querySelector('article') ?? document.querySelector('main');
  const words = document.createTreeWalker(article, NodeFilter.SHOW_TEXT), raw = [];
  for (let node; (node = words.nextNode());)
    if (!node.parentElement.closest('code, pre, .math, .plot') && /\$|\\(frac|partial|mathbf)|[\ue000\ue001]/.test(node.data)) raw.push(node.data.trim().slice(0, 80));
  return {
    links: [...document.querySelectorAll('a[href], link[href]')].map(a => a.getAttribute('href')),
    sources: [...document.querySelectorAll('[src]')].map(a => a.getAttribute('src')),
    ids: [...document.querySelectorAll('[id]')].filter(e => !e.closest('.math, .glyphs')).map(e => e.id),
    formulas: article.querySelectorAll('.math').length,
    unset: [...article.querySelectorAll('.math')].filter(f => !f.querySelector('svg path, svg use, svg rect')
      || [...f.querySelectorAll('use')].some(u => !document.querySelector(u.getAttribute('xlink:href')))).length,
    wrong: document.querySelectorAll('[data-mml-node="merror"], merror').length,
    spilt: [...article.querySelectorAll('.math svg svg')].filter(part => getComputedStyle(part).overflow === 'visible').length, // braces
    raw, figures: document.querySelectorAll('.plot').length,
    told: (document.body.innerText.match(/predict \S+: It is/g)?.length ?? 0) + document.querySelectorAll('details.result[open]').length,
    results: document.querySelectorAll('details.result').length,
  };
}"""
DRAW = """async () => {
  const said = [];
  for (const details of document.querySelectorAll('details')) details.open = true;
  for (const place of document.querySelectorAll('.plot')) await draw(place).catch(problem => said.push(`a figure fails: ${problem.message}`));
  return said;
}"""
FIT = "async () => { for (const place of document.querySelectorAll('.plot')) await fit(place); }"
# What is too wide for the window, and figures that are not drawn or cut off.
WIDE = r"""() => {
  const said = [], width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    const wide = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > width + 1
      && !e.parentElement.closest('.scroll, pre, .math, .drawing, .shown, .plot'));
    said.push(`it is ${document.documentElement.scrollWidth} wide: ${wide.slice(0, 3).map(e => `<${e.tagName.toLowerCase()}> ${e.textContent.trim().slice(0, 40)}`)}`);
  }
  document.querySelectorAll('.plot').forEach((place, i) => {
    const svg = place.querySelector('svg.main-svg'), box = place.getBoundingClientRect();
    if (!svg || svg.getBoundingClientRect().height < 100) { said.push(`figure ${i + 1} is not drawn.`); return; }
    if (Math.abs(svg.getBoundingClientRect().width - place.clientWidth) > 1)
      said.push(`figure ${i + 1} is ${svg.getBoundingClientRect().width} wide in ${place.clientWidth}.`);
    const cut = [...place.querySelectorAll('.main-svg text')].map(t => [t, t.getBoundingClientRect()])
      .filter(([t, r]) => r.width && (r.right > box.right + 2 || r.left < box.left - 2 || r.bottom > box.bottom + 2));
    if (cut.length) said.push(`figure ${i + 1} is cut off at ${JSON.stringify(cut[0][0].textContent.slice(0, 50))}.`);
  });
  return said;
}"""
# Words that can hardly be read: their colour against what lies behind them.
FAINT = r"""least => {
  const numbers = colour => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const [r, g, b, a = 1] = numbers(getComputedStyle(e).backgroundColor);
      if (a > 0) layers.push([r, g, b, a]);
      if (a === 1) break;
    }
    return layers.reduceRight((under, [r, g, b, a]) => [r, g, b].map((c, i) => c * a + under[i] * (1 - a)), [255, 255, 255]);
  };
  const seen = new Map(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    const e = node.parentElement;
    if (!node.data.trim() || e.closest('svg, script, style, .mml, .plot, .drawing') || !e.checkVisibility()) continue;
    const colour = getComputedStyle(e).color, ground = behind(e), key = colour + ground;
    if (seen.has(key)) continue;
    const [a, b] = [light(numbers(colour)), light(ground)].sort((x, y) => y - x);
    seen.set(key, (a + 0.05) / (b + 0.05) < least ? `${node.data.trim().slice(0, 40)} (${colour} on ${ground.map(Math.round)})` : '');
  }
  return [...seen.values()].filter(Boolean);
}"""


class Reader:
    """A browser that may read the site's files and nothing else."""

    def __init__(self, play, **options):
        self.browser = play.chromium.launch(executable_path=find_browser(), args=FLAGS)
        self.said = []
        self.page = self.tab(**options)

    def tab(self, **options):
        context = self.browser.new_context(viewport={"width": WIDTHS[0], "height": 900}, **options)
        context.route("**/*", self.guard)
        page = context.new_page()
        page.on("console", lambda message: self.said.append(f"says: {message.text[:200]}") if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.said.append(f"fails: {str(error)[:200]}"))
        page.on("requestfailed", lambda request: self.said.append(f"misses {request.url[-80:]}"))
        return page

    def guard(self, route):
        if route.request.url.startswith((SITE.as_uri() + "/", "data:", "blob:")):
            route.continue_()
        else:
            self.said.append(f"asks for {route.request.url[:120]}")
            route.abort()


def written_formulas(path):
    """How many formulas an author has written: counted apart from the parser that sets them."""
    notebook, count = nbformat.read(path, as_version=4), 0
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            text = re.sub(r"```.*?```|``.*?``|`[^`\n]*`", "", cell.source, flags=re.DOTALL).replace("\\$", "")
            text, shown = re.subn(r"\$\$.+?\$\$", "", text, flags=re.DOTALL)
            count += shown + len(re.findall(r"\$[^$]+\$", text))
    return count


def read_page(name, tab, reader):
    """One page at all widths in both themes. Returns (what READ found, complaints)."""
    reader.said.clear()
    tab.set_viewport_size({"width": WIDTHS[0], "height": 900})
    tab.goto((SITE / name).as_uri())
    found = tab.evaluate(READ)
    complaints = [f"a formula is not set: {text}" for text in found["raw"][:3]]
    if found["unset"] or found["wrong"] or found["spilt"]:
        complaints.append(f"{found['unset']} formulas are empty, {found['wrong']} wrong; of {found['spilt']} braces parts stick out.")
    if found["told"]:
        complaints.append(f"{found['told']} outcomes can be read before they are unfolded.")
    complaints += tab.evaluate(DRAW)
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.evaluate(FIT)
        for theme in THEMES:
            tab.emulate_media(color_scheme=theme)
            complaints += [f"at {width} pixels, {theme}: {said}" for said in tab.evaluate(WIDE)]
            if width == WIDTHS[0]:
                complaints += [f"hard to read, {theme}: {said}" for said in tab.evaluate(FAINT, LEAST_CONTRAST)]
    return found, list(dict.fromkeys(complaints)) + list(dict.fromkeys(reader.said))


def read_pages(names):
    with sync_playwright() as play:
        reader = Reader(play)
        return {name: read_page(name, reader.page, reader) for name in names}


def in_two(names):
    """Two browsers, for two processors."""
    names = sorted(names, key=lambda name: -(SITE / name).stat().st_size)
    with ProcessPoolExecutor(2) as pool:
        return {name: found for part in pool.map(read_pages, (names[::2], names[1::2])) for name, found in part.items()}


def broken(name, found, ids):
    """The links and pictures of a page that lead nowhere."""
    said = [f"has the anchor {anchor!r} twice." for anchor, count in Counter(found["ids"]).items() if count > 1]
    for link in dict.fromkeys(found["links"] + found["sources"]):
        if re.match(r"https?://[\w-]+(\.[\w-]+)+(/|$)|data:", link):
            continue
        target, _, anchor = link.partition("#")
        target = unquote(target) or name
        if not (SITE / target).is_file():
            said.append(f"leads to {link}, and there is no such file.")
        elif anchor and target in ids and unquote(anchor) not in ids[target]:
            said.append(f"leads to {link}, and there is no such place.")
    return said


def own_words(lessons):
    """Of each lesson a word of its text that no other has."""
    words = {}
    for lesson in lessons:
        text = "\n\n".join(cell.source for cell in nbformat.read(lesson.path, as_version=4).cells if cell.cell_type == "markdown")
        text = re.sub(r"\$\$.*?\$\$|\$[^$]*\$|`[^`]*`", " ", text, flags=re.DOTALL)
        text = re.sub(r"\([^)]*\)|<[^>]*>", " ", text)  # addresses
        words[lesson.page] = Counter(re.findall(r"\b[a-z]{6,}\b", text.lower()))
    everywhere = Counter(word for each in words.values() for word in each)
    return {page: next(word for word, _ in each.most_common() if everywhere[word] == 1) for page, each in words.items()}


def search(reader, lessons):
    """What is typed is looked for at once; its words arrive after the first letter."""
    tab, said = reader.page, []
    tab.goto((SITE / "index.html").as_uri())
    tab.keyboard.press("/")
    tab.keyboard.type("Gradient")
    tab.wait_for_selector("#found a", timeout=60_000)
    for page, word in own_words(lessons).items():
        tab.fill("#search", word[:-1].upper())
        hits = tab.eval_on_selector_all("#found a", "all => all.map(a => a.getAttribute('href'))")
        if not any(hit.startswith(page) for hit in hits):
            said.append(f"{word!r} is a word of {page}; the search finds {hits[:3]}.")
    tab.fill("#search", "zzzz qqqq")
    if "No lesson" not in tab.inner_text("#found"):
        said.append("it finds what is nowhere.")
    tab.fill("#search", "vanishing gradients")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(r"/\d\d\w*-.*\.html#"), timeout=60_000)
    return said


def habits(reader, lesson):
    """The switch that remembers, the menu of a phone, a figure that is drawn when it comes into view, paper, and no scripts at all."""
    tab, said, address = reader.page, [], (SITE / lesson.page).as_uri()
    tab.emulate_media(color_scheme="light")
    tab.goto(address)
    paper = "getComputedStyle(document.body).backgroundColor"
    light = tab.evaluate(paper)
    tab.click("#theme")
    dark = tab.evaluate(paper)
    tab.reload()
    if dark == light or tab.evaluate(paper) != dark:
        said.append("the switch does not change the theme, or forgets it.")
    if tab.locator(".plot svg.main-svg").count():
        said.append("figures far below are drawn at once.")
    tab.locator(".plot").first.evaluate("place => { for (let e = place.parentElement; e; e = e.parentElement) if (e.matches('details')) e.open = true; }")
    tab.locator(".plot").first.scroll_into_view_if_needed()
    tab.locator(".plot svg.main-svg").first.wait_for(timeout=30_000)
    tab.set_viewport_size({"width": 390, "height": 844})
    if tab.locator("#lessons").is_visible():
        said.append("the list of lessons covers a phone.")
    tab.click("#menu")
    if tab.locator("#lessons").bounding_box()["height"] < 700:
        said.append("the text shows below the menu.")
    tab.locator("#lessons .here ul a").last.click()
    if tab.locator("#lessons").is_visible() or "#" not in tab.url:
        said.append("the menu does not lead to a section.")
    tab.fill("#search", "gradient")
    tab.wait_for_selector("#found a", timeout=60_000)
    box = tab.locator("#found").bounding_box()
    if box["x"] < 0 or box["x"] + box["width"] > 390:
        said.append("what the search finds is wider than a phone.")
    tab.emulate_media(media="print")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    said += [f"on paper: {what}" for what, wrong in {
        "it is dark.": tab.evaluate(paper) != "rgb(255, 255, 255)",
        "a result is folded.": tab.locator("details:not([open])").count(),
        "the bar above is printed.": tab.locator("header").is_visible(),
        "a picture is missing.": not tab.locator(".plot img").first.is_visible(),
        "a figure stands twice.": tab.locator(".plot .live").first.is_visible()}.items() if wrong]
    tab.emulate_media(media="screen")
    plain = reader.tab(java_script_enabled=False)
    plain.goto(address)
    said += [f"without scripts: {what}" for what, wrong in {
        "no list of lessons.": not plain.locator("#lessons").is_visible(),
        "no pictures.": not plain.locator(".plot img").count() or plain.locator(".plot img:not([alt])").count()}.items() if wrong]
    return said


def launched(*arguments, **environment):
    return subprocess.run([sys.executable, str(BUILD), *arguments], cwd=HOME, text=True, capture_output=True, stdin=subprocess.DEVNULL,
                          env={**os.environ, "UNROLLED_REPOSITORY": ADDRESS, **environment})


def bad_input():
    said, other = [], HOME / "target" / "site-check-other"
    other.mkdir(exist_ok=True)
    (other / "mine.txt").write_text("mine", encoding="utf-8")
    for arguments, environment, sentence in (
            (["99"], {}, "'99' is not understood"), (["--output"], {}, "--output needs the name of a folder"),
            (["--output", str(other)], {}, "holds other things than a site"),
            (["--output", str(other / "mine.txt" / "site")], {}, "nothing can be written in"),
            (["--output", str(other / "new")], {"PATH": "/nowhere"}, "no Chromium was found")):
        done = launched(*arguments, **environment)
        if done.returncode != 2 or sentence not in done.stderr or "Traceback" in done.stderr or done.stderr.count("\n") > 2:
            said.append(f"{arguments} says {done.stderr[-300:]!r}, exit {done.returncode}; expected: {sentence}.")
    if sorted(file.name for file in other.iterdir()) != ["mine.txt"]:
        said.append(f"left over: {sorted(file.name for file in other.iterdir())}.")
    return said


def state(folder):
    return {str(file.relative_to(folder)): (file.stat().st_mtime_ns, file.stat().st_size) for file in folder.rglob("*")}


def interrupted():
    before = state(SITE)
    process = subprocess.Popen([sys.executable, str(BUILD), "--output", str(SITE)], cwd=HOME, text=True, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    errors = process.communicate(timeout=60)[1]
    said = [] if process.returncode == 130 and "the site is as it was" in errors and "Traceback" not in errors else [f"it says {errors[-300:]!r}."]
    if state(SITE) != before or list(SITE.parent.glob(f".{SITE.name}-*")):
        said.append("the old site is not as it was, or something is left beside it.")
    return said


def addresses():
    """Where a lesson can be opened is known from CI's environment, and else not said."""
    said, lesson = [], contents.lessons()[0]
    if build.repository({}) or build.launchers("") or build.launchers("https://git.example.org/someone/unrolled"):
        said.append("an address is known that nobody has given.")
    if build.repository({"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "someone/unrolled"}) != ADDRESS:
        said.append("the address that CI gives is not taken.")
    text = (SITE / lesson.page).read_text(encoding="utf-8")
    if f"/gh/someone/unrolled/HEAD?labpath=my%2F{lesson.path.name}" not in text or "codespaces.new/someone/unrolled" not in text:
        said.append(f"{lesson.page} has no link to Binder or Codespaces.")
    return said


def main(arguments):
    if not find_browser():
        print("No Chromium was found: the site is not checked.")
        return 3
    begin, verdicts = time.monotonic(), []

    def say(name, complaints):
        verdicts.append({"check": name, "complaints": complaints})
        print(f"  {'FAILED' if complaints else 'ok    '} {name} ({time.monotonic() - begin:.0f} s)", flush=True)
        for complaint in complaints[:12]:
            print(f"         {complaint}", flush=True)

    if "--as-it-is" not in arguments:
        done = launched("--output", str(SITE))
        say(f"the site is built: {done.stdout.splitlines()[-1] if done.stdout else ''}", [] if done.returncode == 0 else [done.stderr[-500:]])
    if SITE.exists():
        lessons = contents.lessons()
        pages = in_two(["index.html", *(lesson.page for lesson in lessons)])
        ids = {name: set(found["ids"]) for name, (found, _) in pages.items()}
        for name, (found, complaints) in pages.items():
            say(f"{name}: {found['formulas']} formulas, {found['figures']} figures, {len(found['links'])} links", complaints + broken(name, found, ids))
        for lesson in lessons:
            written, set_ = written_formulas(lesson.path), pages[lesson.page][0]["formulas"]
            outcomes = sum('outcome("' in cell.source for cell in nbformat.read(lesson.path, as_version=4).cells if cell.cell_type == "code")
            if written != set_ or pages[lesson.page][0]["results"] < outcomes:
                say(lesson.page, [f"{written} formulas are written, {set_} set; {outcomes} outcomes, {pages[lesson.page][0]['results']} folded."])
        with sync_playwright() as play:
            reader = Reader(play)
            say("the search finds a word of each lesson", search(reader, lessons) + reader.said)
            reader.said.clear()
            say("theme, menu, paper, no scripts", habits(reader, lessons[-1]) + reader.said)
        say("addresses of the repository", addresses())
        say("an interrupted build", interrupted())
    say("bad input", bad_input())
    failed = sum(bool(verdict["complaints"]) for verdict in verdicts)
    REPORT.write_text(json.dumps({"passed": len(verdicts) - failed, "failed": failed, "verdicts": verdicts}, indent=1), encoding="utf-8")
    print(f"{len(verdicts) - failed} passed, {failed} failed, {time.monotonic() - begin:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
