"""Writes the course as pages that need neither a kernel nor a network, for ./unrolled site.

    build.py [--output DIR]    into target/site/, or into DIR

Lessons are executed where target/notebooks/ does not hold their last run. The old site stays whole until the new one is.
Links to the repository name what CI tells (GITHUB_SERVER_URL, GITHUB_REPOSITORY) or UNROLLED_REPOSITORY; without them there are none.
"""
import html
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import publish  # noqa: E402
import words  # noqa: E402
from cells import Cells  # noqa: E402
from contents import lessons  # noqa: E402
from course import HOME, Failure  # noqa: E402
from formulas import Formulas  # noqa: E402
from pictures import Figures  # noqa: E402
from prose import HOLE, Prose  # noqa: E402

MARK = ".unrolled-site"  # a folder that holds this file is a site, and may be replaced
USAGE = "./unrolled site [--output DIR]"
FIRST_FIGURE = "08"  # the first film of this lesson stands on the first page
ASSETS = ("site.css", "site.js", "figures.js")


def repository(environment):
    """The address of the repository, without a slash at its end; "" if none is known."""
    if environment.get("UNROLLED_REPOSITORY"):
        return environment["UNROLLED_REPOSITORY"].rstrip("/").removesuffix(".git")
    if environment.get("GITHUB_SERVER_URL") and environment.get("GITHUB_REPOSITORY"):
        return f"{environment['GITHUB_SERVER_URL']}/{environment['GITHUB_REPOSITORY']}"
    return ""


def launchers(address, lesson=None):
    """(name, address) of the places that open a lesson without an installation: repositories on GitHub, the learner's copies in my/."""
    host, _, name = address.partition("://")[2].partition("/")
    if host != "github.com":
        return []
    place = f"?labpath=my%2F{lesson.path.name}" if lesson else ""
    return [("Binder", f"https://mybinder.org/v2/gh/{name}/HEAD{place}"), ("Codespaces", f"https://codespaces.new/{name}")]


def page_of(lesson, painter, formulas, pages, address):
    """What the template needs of one lesson."""
    notebook = publish.executed(lesson.path, again=False)
    prose, figures = Prose(pages, address), Figures(painter, lesson.number)
    body = Cells(prose, figures).html(notebook, publish.normalised(notebook))
    sections = words.sections(lesson, body)
    made, glyphs = formulas.page_of(prose.formulas, lesson.path.name)

    def filled(text):
        return HOLE.sub(lambda m: made[int(m[1])], text)
    contents = [(anchor, filled(text)) for level, anchor, text in prose.headings if level == 2]
    return {"lesson": lesson, "body": filled(body), "glyphs": glyphs, "contents": contents, "figures": figures, "sections": sections,
            "pictures": prose.pictures, "formulas": len(made), "folded": '<details class="result">' in body}


def write(folder, course, made, address):
    import plotly
    templates = Environment(loader=FileSystemLoader(HERE), autoescape=False, trim_blocks=True, lstrip_blocks=True)
    templates.filters["e"] = html.escape
    for name in ("assets", "figures", "images"):
        (folder / name).mkdir()
    (folder / MARK).write_text("Made by ./unrolled site, which may replace this folder.\n", encoding="utf-8")
    (folder / ".nojekyll").touch()  # pages for a static host, as they are
    for name in ASSETS:
        shutil.copyfile(HERE / name, folder / "assets" / name)
    shutil.copyfile(Path(plotly.__file__).parent / "package_data" / "plotly.min.js", folder / "assets" / "plotly.min.js")
    for index, page in enumerate(made):
        around = {"before": course[index - 1] if index else None, "after": course[index + 1] if index + 1 < len(course) else None}
        text = templates.get_template("lesson.html").render(course=course, address=address, launchers=launchers(address, page["lesson"]),
                                                            **around, **page)
        (folder / page["lesson"].page).write_text(text, encoding="utf-8")
        page["figures"].write(folder)
        for picture in page["pictures"]:
            (folder / picture).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(HOME / "notebooks" / picture, folder / picture)
    (folder / "assets" / "words.js").write_text(words.script([s for page in made for s in page["sections"]]), encoding="utf-8")
    text = templates.get_template("index.html").render(course=course, address=address, launchers=launchers(address), first=first_figure(made),
                                                       hours=round(sum(lesson.minutes for lesson in course) / 60))
    (folder / "index.html").write_text(text, encoding="utf-8")


def first_figure(made):
    """(lesson, the figure as it stands in its page): a film, since it shows that figures move without a kernel."""
    page = next((page for page in made if page["lesson"].number == FIRST_FIGURE), made[0])
    texts = page["figures"].figures
    index = next((i for i, text in enumerate(texts) if '"frames":' in text), 0)
    start = page["body"].find(f'data-figure="{index}"')
    if start < 0:
        return None
    start = page["body"].rfind("<figure", 0, start)
    return page["lesson"], page["body"][start:page["body"].index("</figure>", start) + len("</figure>")]


def swap(new, old):
    """The new folder takes the place of the old one; nothing interrupts that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    aside = None
    if old.exists():
        aside = Path(tempfile.mkdtemp(prefix=f".{old.name}-old-", dir=old.parent))
        old.rename(aside / old.name)
    try:
        new.rename(old)
    except OSError:
        if aside:
            (aside / old.name).rename(old)
        raise
    finally:
        if aside:
            shutil.rmtree(aside, ignore_errors=True)


def output_of(arguments):
    out, rest = HOME / "target" / "site", list(arguments)
    if rest and rest[0].startswith("--output="):
        rest[:1] = ["--output", rest[0].partition("=")[2]]
    if rest[:1] == ["--output"]:
        if len(rest) < 2 or not rest[1]:
            raise Failure(f"--output needs the name of a folder: {USAGE}")
        out, rest = Path(rest[1]).expanduser().absolute(), rest[2:]
    if rest:
        raise Failure(f"{rest[0]!r} is not understood. The site always holds all lessons: {USAGE}")
    if out.exists() and not (out / MARK).exists() and (not out.is_dir() or any(out.iterdir())):
        raise Failure(f"{out} holds other things than a site, and would be replaced. Name a folder that is new or empty.")
    return out


def main(arguments):
    out, begin = output_of(arguments), time.monotonic()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as problem:
        raise Failure(f"nothing can be written in {out.parent} ({problem.strerror}). Name another folder: {USAGE}") from problem
    try:
        part.chmod(0o755)  # as other folders are; a temporary one is its owner's alone
        course, address, made = lessons(), repository(os.environ), []
        pages = {lesson.path.name: lesson.page for lesson in course}
        with publish.Painter() as painter:
            painter.start()
            formulas = Formulas(painter.browser)
            for lesson in course:
                print(f"{lesson.path.name:<42}", end="", flush=True)
                made.append(page_of(lesson, painter, formulas, pages, address))
                print(f"{made[-1]['formulas']:4d} formulas, {len(made[-1]['figures'].figures):3d} figures", flush=True)
        write(part, course, made, address)
        swap(part, out)
    except OSError as problem:
        raise Failure(f"the site could not be written: {problem}. What stood in {out} is as it was.") from problem
    finally:
        shutil.rmtree(part, ignore_errors=True)
    size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    print(f"{len(made)} lessons, {size / 1e6:.1f} MB, {time.monotonic() - begin:.0f} s: {out / 'index.html'}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failure as failure:
        print(f"\nunrolled: {failure}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("\nInterrupted: the site is as it was.", file=sys.stderr)
        sys.exit(130)
