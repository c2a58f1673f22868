"""The learner's own copies of the lessons: without outputs, renewed while untouched, never overwritten once touched.

    learner.py                lays what is missing, renews what is untouched, says where a newer version waits, and prints the notebook
                              to open first: the newest that the learner has worked in, or lesson 00
    learner.py --fresh NN     sets the learner's copy of a lesson aside, dated, and lays the course's version

The folder is my/, or UNROLLED_MY. Which version was laid stands in my/.lessons.json; without it a copy that differs counts as touched.
"""
import datetime
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

from course import HOME, NUMBER, Failure, lessons, replace

RECORD = ".lessons.json"
PROGRESS = ".progress.json"


def folder():
    return Path(os.environ.get("UNROLLED_MY") or HOME / "my").absolute()


def read(path):
    """A notebook as JSON, or one sentence why it is none. (JupyterLab's own reader takes a second to load.)"""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            cell["cell_type"], text(cell)  # noqa: B018
        return notebook
    except OSError as problem:
        raise Failure(f"{path} cannot be read: {problem.strerror}.") from problem
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise Failure(f"{path} is no whole notebook ({type(problem).__name__}).") from problem


def text(cell):
    return cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])


def version(notebook):
    """Of what an author or a learner writes. Outputs and metadata do not count, nor which program saved the notebook."""
    cells = [[cell["cell_type"], text(cell).rstrip()] for cell in notebook["cells"]]
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode()).hexdigest()[:32]


def without_outputs(notebook):
    for cell in notebook["cells"]:
        cell.get("metadata", {}).pop("execution", None)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    notebook.get("metadata", {}).pop("unrolled", None)
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def records(my):
    try:
        known = json.loads((my / RECORD).read_text(encoding="utf-8"))
        return {name: value for name, value in known.items() if isinstance(value, str)}
    except (OSError, ValueError, AttributeError):
        return {}


def remember(my, laid):
    replace(my / RECORD, (json.dumps(laid, indent=1, sort_keys=True) + "\n").encode())


def lay_images(my):
    """Pictures are nobody's answers: they are always the course's."""
    for image in sorted((HOME / "notebooks" / "images").iterdir()):
        copy = my / "images" / image.name
        if not copy.exists() or copy.read_bytes() != image.read_bytes():
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(image, copy)


def lay(my):
    """Returns what the learner should know, a sentence each."""
    said, laid = [], records(my)
    before = dict(laid)
    for path in lessons([]):
        course, copy = read(path), my / path.name
        now, number = version(course), path.name.partition("-")[0]
        if copy.exists():
            try:
                theirs = version(read(copy))
            except Failure as problem:
                said.append(f"{problem} It is kept; ./unrolled fresh {number} sets it aside and lays the lesson anew.")
                continue
            if theirs == now:
                laid[path.name] = now
                continue
            if theirs != laid.get(path.name):
                if laid.get(path.name) != now:
                    said.append(f"Lesson {number} has a newer version. Yours is kept as it is; ./unrolled fresh {number} sets it aside and lays the new one.")
                continue
        replace(copy, without_outputs(course))
        laid[path.name] = now
    if laid != before:
        remember(my, laid)
    lay_images(my)
    once = HOME / PROGRESS  # where it was before there was a folder for it
    if once.exists() and not (my / PROGRESS).exists():
        shutil.move(once, my / PROGRESS)
    return said


def fresh(my, number):
    if not NUMBER.fullmatch(number):
        raise Failure(f"{number!r} is no number of a lesson; say for instance: ./unrolled fresh 05")
    path, = lessons([number])
    copy, aside = my / path.name, None
    if copy.exists():
        stamp = datetime.datetime.now().strftime("%Y-%m-%d-%H%M%S")
        aside = copy.with_name(f"{copy.stem}-{stamp}.ipynb")
        while aside.exists():  # twice within a second
            aside = aside.with_name(f"{aside.stem}x.ipynb")
        os.replace(copy, aside)
    course = read(path)
    replace(copy, without_outputs(course))
    remember(my, {**records(my), path.name: version(course)})
    lay_images(my)
    kept = f" Yours is now {aside.name}, beside it." if aside else ""
    return f"Lesson {path.name.partition('-')[0]} is laid anew in {copy}.{kept} Your progress is as it was."


def first(my):
    """Where the learner was last, else lesson 00."""
    mine, laid = [my / path.name for path in lessons([])], records(my)
    touched = [copy for copy in mine if copy.exists() and version_or_none(copy) != laid.get(copy.name)]
    return max(touched, key=lambda copy: copy.stat().st_mtime) if touched else mine[0]


def version_or_none(copy):
    try:
        return version(read(copy))
    except Failure:
        return None


def main(arguments):
    my = folder()
    try:
        my.mkdir(parents=True, exist_ok=True)
        if "--fresh" in arguments:
            numbers = [a for a in arguments if a != "--fresh"]
            if not numbers:
                raise Failure("fresh needs the number of a lesson; say for instance: ./unrolled fresh 05")
            for number in numbers:
                print(fresh(my, number))
        else:
            for sentence in lay(my):
                print(sentence, file=sys.stderr)
            print(first(my))
    except OSError as problem:
        raise Failure(f"the folder of your lessons, {my}, cannot be written ({problem.strerror or problem}). "
                      "Make it writable for you, or name another folder in UNROLLED_MY.") from problem


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Failure as failure:
        print(f"unrolled: {failure}", file=sys.stderr)
        sys.exit(2)
