"""Executes lessons headless, as a learner would run them from top to bottom, into target/notebooks/.

    run_lessons.py [NN ...] [--solved | --both] [--together N]

NN are the numbers of lessons, such as 06 and 06b (all, when none is named). With --solved every exercise gets its solution
first, and every check must then pass; without it no exercise may count as answered. With --both each lesson is executed as given,
and then solved in the same kernel, as a learner runs a notebook once more. Exit 1 if a cell fails or a budget is broken.
With --together N lessons run at a time, but for those that keep all processors busy by themselves. The budget of seconds is that of a
lesson alone on a machine that has time for it, so one that breaks only this budget is run once more when the others are done, and then
it counts.
"""
import json
import os
import queue
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from course import COLUMN, HOME, NUMBER, Failure, lessons

OUT = Path(os.environ.get("UNROLLED_OUT") or HOME / "target" / "notebooks")  # elsewhere where the course itself is read-only

# The budgets of a lesson on a machine with two cores, so that nobody waits long and a small machine (2 GB) is enough.
LESSON_SECONDS = 60
LESSON_MB = 1024
COURSE_SECONDS = 12 * 60
# A cell that has not ended after this time never will.
CELL_TIMEOUT = 180

EXERCISE = re.compile(r"//\s*Exercise\s+(\d+[b-z]?\.\d+\w*)\b")
VERDICT = re.compile(r"\s*([✓○✗])\s*(\d+[b-z]?\.\d+\w*)\b")
PARALLEL = ".parallel()"  # what a cell says that computes on all processors
PLOTLY = "application/vnd.plotly.v1+json"


def read(path):
    """A lesson's notebook. A damaged one is a Failure: a sentence that names it and how to get it back."""
    try:
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            _ = cell.cell_type, cell.source, cell.metadata, cell.outputs if cell.cell_type == "code" else None
        return notebook
    except Exception as problem:  # nbformat raises whatever the damage leads to
        what = "it is empty" if path.exists() and path.stat().st_size == 0 else f"it is no whole notebook ({type(problem).__name__})"
        raise Failure(f"{what}. To get it back: git checkout -- {os.path.relpath(path, HOME)}") from problem


def solutions():
    """The solutions of all exercises, {"5.1": "java code", ...}, as the course's own classes print them."""
    java = Path(os.environ["JAVA_HOME"]) / "bin" / "java"
    path = os.pathsep.join([str(HOME / "target" / "*"), str(HOME / "target" / "lib" / "*")])  # the jars that the kernel runs too
    done = subprocess.run([java, "--add-modules", "jdk.incubator.vector", "-cp", path, "unrolled.course.Solutions"],
                          capture_output=True, encoding="utf-8")
    if done.returncode:
        raise Failure(f"unrolled.course.Solutions did not print the solutions: {done.stderr.strip().splitlines()[-1:]}")
    return json.loads(done.stdout)


def solve(notebook, answers):
    """Puts the solution between the heading of each exercise cell and its check. Returns the exercises solved."""
    solved = []
    for cell in notebook.cells:
        lines = cell.source.splitlines()
        heading = EXERCISE.match(lines[0]) if cell.cell_type == "code" and lines else None
        if not heading:
            continue
        number = heading[1]
        check = next((i for i, line in enumerate(lines) if f'check("{number}"' in line), None)
        if check is None:
            raise Failure(f'the cell of exercise {number} has no line with check("{number}", ...).')
        if number not in answers:
            raise Failure(f"exercise {number} has no solution in unrolled.course.")
        cell.source = "\n".join([lines[0], *answers[number].rstrip("\n").splitlines(), *lines[check:]])
        solved.append(number)
    return solved


class Memory(threading.Thread):
    """The most memory a process has held, in MB: its own high-water mark on Linux, elsewhere the largest of many looks."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.peak, self.ended = pid, 0.0, threading.Event()
        self.start()

    def look(self):
        try:
            if Path("/proc/self/status").exists():
                kb = int(re.search(r"VmHWM:\s*(\d+) kB", Path(f"/proc/{self.pid}/status").read_text())[1])
            else:
                kb = int(subprocess.run(["ps", "-o", "rss=", "-p", str(self.pid)], capture_output=True, text=True).stdout)
            self.peak = max(self.peak, kb / 1024)
        except (OSError, TypeError, ValueError):
            pass  # the process has ended

    def run(self):
        while not self.ended.wait(0.5):
            self.look()

    def stop(self):
        self.look()
        self.ended.set()
        return self.peak


def first_line(cell):
    return next((line.strip() for line in cell.source.splitlines() if line.strip()), "")[:100]


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text).strip()


def judge(notebook, solved):
    """Looks at every output. Returns (verdicts by exercise, number of figures, complaints)."""
    verdicts, figures, complaints = {}, 0, []
    for index, cell in enumerate(notebook.cells, 1):
        if cell.cell_type != "code":
            continue
        where = f"cell {index} ({first_line(cell)!r})"
        for output in cell.outputs:
            if output.output_type == "stream":
                text = output.text
                if output.name == "stderr" and text.strip():
                    complaints.append(f"{where} writes to the error stream: {plain(text)[:200]!r}.")
            elif output.output_type == "error":
                complaints.append(f"{where} fails: {output.ename}: {plain(output.evalue)[:300]}")
                continue
            else:
                text = output.data.get("text/plain", "")
                if PLOTLY in output.data:
                    figures += 1
                    if not text.strip():
                        complaints.append(f"{where} shows a figure without text for those who cannot see it.")
            verdict = VERDICT.match(text)
            if verdict:
                verdicts[verdict[2]] = verdict[1]
        heading = EXERCISE.match(cell.source)
        if heading and heading[1] not in verdicts and f'check("{heading[1]}"' in cell.source:
            complaints.append(f"{where}: the check of exercise {heading[1]} gave no verdict.")
    wanted, sentence = ("✓", "its solution does not pass") if solved else ("○", "it must be given unanswered")
    for number, verdict in verdicts.items():
        if verdict != wanted:
            complaints.append(f"exercise {number} is marked {verdict}: {sentence}.")
    return verdicts, figures, complaints


def begun(path, answers):
    """The record of a lesson of which nothing is known yet."""
    return {"lesson": path.name, "solved": answers is not None, "seconds": 0.0, "mb": 0.0, "complaints": []}


def place(record, ending):
    """The file of a record, or one that belongs to it."""
    return OUT / (Path(record["lesson"]).stem + ("-solved" if record["solved"] else "") + ending)


class Turn:
    """One passage through a lesson, as given or solved: its notebook, and what is known of it in the end."""

    def __init__(self, path, answers):
        self.record = begun(path, answers)
        self.solved = self.record["solved"]
        self.seconds, self.started = {}, {}
        self.notebook = read(path)
        for cell in self.notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        if self.solved:
            solve(self.notebook, answers)

    def execute(self, client):
        client.nb = self.notebook
        client.reset_execution_trackers()
        try:
            for index, cell in enumerate(self.notebook.cells):
                if cell.cell_type == "code":
                    self.started[index] = time.monotonic()
                    client.execute_cell(cell, index)
                    self.seconds[index] = time.monotonic() - self.started[index]
        except CellExecutionError:
            pass  # the error is an output of its cell, and judged there

    def stopped(self, problem, said):
        """The kernel gave no answer any more; said is the end of what the Java process itself printed."""
        at = max(self.started, default=None)
        where = f"cell {at + 1} ({first_line(self.notebook.cells[at])!r})" if at is not None else "the start"
        if isinstance(problem, CellTimeoutError):
            self.record["complaints"].append(f"{where} did not end within {CELL_TIMEOUT} s.")
        elif isinstance(problem, DeadKernelError):
            self.record["complaints"].append(f"the kernel died in {where}. {said}".strip())
        else:
            self.record["complaints"].append(f"the kernel did not answer in {where}: {problem} {said}")

    def judged(self, fresh):
        """The record, whole. fresh: the kernel was started for this turn, so its memory is this turn's."""
        record, notebook = self.record, self.notebook
        verdicts, figures, complaints = judge(notebook, self.solved)
        record["complaints"] = complaints + record["complaints"]
        record["complaints"] += late(record)
        if fresh and record["mb"] > LESSON_MB:
            record["complaints"].append(f"its kernel held {record['mb']:.0f} MB; its budget is {LESSON_MB} MB.")
        record.update(verdicts=verdicts, figures=figures, cells=[
            {"cell": index + 1, "seconds": round(value, 3), "line": first_line(notebook.cells[index])}
            for index, value in sorted(self.seconds.items(), key=lambda item: -item[1])])
        nbformat.write(notebook, place(record, ".ipynb"))
        return record


def written(record):
    place(record, ".json").write_text(json.dumps(record, indent=1, ensure_ascii=False), encoding="utf-8")
    return record


def run(path, answers, progress):
    """Executes one lesson in one kernel, once for each of the answers: None for as given, or the solutions. Returns the records."""
    turns, records = [], []
    for given in answers:
        try:
            turns.append(Turn(path, given))
        except Failure as damaged:
            records.append(written({**begun(path, given), "complaints": [str(damaged)], "verdicts": {}, "figures": 0, "cells": []}))
    if turns:
        in_kernel(path, turns, progress)
    return records + [written(turn.judged(fresh=turn is turns[0])) for turn in turns]


def in_kernel(path, turns, progress):
    """One turn after the other in the same kernel. When it gives no answer any more, the turns that are left have failed, too."""
    log = place(turns[0].record, ".log")  # what the Java process itself says, such as why it could not start
    environment = {**os.environ, "UNROLLED_STRICT": "1", "UNROLLED_PROGRESS": str(progress)}
    client = NotebookClient(turns[0].notebook, kernel_name="java", timeout=CELL_TIMEOUT, resources={"metadata": {"path": str(path.parent)}})
    memory, problem, begin = None, None, time.monotonic()
    try:
        with log.open("w", encoding="utf-8") as errors, client.setup_kernel(env=environment, stderr=errors):
            turns[0].record["ready"] = time.monotonic() - begin
            memory = Memory(client.km.provisioner.pid)
            for turn in turns:
                turn.execute(client)
                memory.look()
                turn.record.update(seconds=time.monotonic() - begin, mb=memory.peak)
                begin = time.monotonic()
    except (CellTimeoutError, DeadKernelError, RuntimeError, queue.Empty) as stopped:
        problem = stopped
    finally:
        if memory:
            memory.stop()
    if problem:
        said = " ".join(log.read_text(encoding="utf-8").split()) if log.exists() else ""
        for turn in turns:
            if not turn.record["seconds"]:
                turn.record.update(seconds=time.monotonic() - begin, mb=memory.peak if memory else 0.0)
                turn.stopped(problem, said[-300:])
                begin = time.monotonic()


def in_turn(paths, execute):
    """Runs lessons one after the other and says of each what came out."""
    for path in paths:
        name = f"{path.name:<{COLUMN}}"
        print(name, end="", flush=True)
        for record in execute(path):
            yield said(record, "" if name else f"{'':<{COLUMN}}")
            name = ""


def in_company(paths, execute, together):
    """Runs this many lessons at a time, then one by one those that keep all processors busy by themselves. A lesson that only took too
    long is run once more in the end, alone: it had company, or the machine did."""
    alone, again = [path for path in paths if PARALLEL in path.read_text(encoding="utf-8", errors="replace")], []
    with ProcessPoolExecutor(together) as pool:
        runs = {pool.submit(execute, path): path for path in paths if path not in alone}
        for done in as_completed(runs):
            yield from in_time(runs[done], done.result(), again)
    for path in alone:
        yield from in_time(path, execute(path), again)
    yield from in_turn(again, execute)


def in_time(path, records, again):
    """The records of a lesson, unless nothing is wrong with it but its seconds: then it is put down to be run again."""
    seconds = max(record["seconds"] for record in records)
    if seconds > LESSON_SECONDS and all(record["complaints"] == late(record) for record in records):
        again.append(path)
        print(f"{path.name:<{COLUMN}}{seconds:6.1f} s, more than its budget: it is run once more, alone, in the end", flush=True)
    else:
        for record in records:
            yield said(record, f"{record['lesson']:<{COLUMN}}")


def late(record):
    """What to complain of if a lesson broke its budget of seconds."""
    return [f"it took {record['seconds']:.0f} s; its budget is {LESSON_SECONDS} s."] if record["seconds"] > LESSON_SECONDS else []


def too_long(records, total):
    """What to complain of after total seconds. Where the course was run both as given and solved, each turn has the budget of the course
    and is charged with its share of the seconds that passed."""
    complaints, spent = [], sum(record["seconds"] for record in records)
    for how, solved in ("as given", False), ("solved", True):
        turn = sum(record["seconds"] for record in records if record["solved"] == solved)
        seconds = total * turn / spent if turn else 0
        if seconds > COURSE_SECONDS:
            complaints.append(f"the course took {seconds:.0f} s {how}; its budget is {COURSE_SECONDS} s.")
    return complaints


def said(record, name):
    verdicts = list(record["verdicts"].values())
    slow = ", ".join(f"cell {c['cell']} {c['seconds']:.1f} s" for c in record["cells"][:3])
    print(f"{name}{record['seconds']:6.1f} s {record['mb']:6.0f} MB  {record['figures']:3d} figures  "
          f"{verdicts.count('✓')} of {len(verdicts)} checks passed  (slowest: {slow})"
          f"{'' if not record['complaints'] else '  FAILED'}", flush=True)
    for complaint in record["complaints"]:
        print(f"    {record['lesson']}: {complaint}", flush=True)
    return record


def main(arguments):
    together = 1
    if "--together" in arguments:
        at = arguments.index("--together")
        value = "".join(arguments[at + 1:at + 2])
        if not value.isdecimal() or not 1 <= int(value) <= 64:
            raise Failure(f"--together needs a number from 1 to 64, not {value!r}; say for instance: ./unrolled run --together 2")
        together, arguments = int(value), arguments[:at] + arguments[at + 2:]
    wrong = [a for a in arguments if a not in ("--solved", "--both") and not NUMBER.fullmatch(a)]
    if wrong:
        raise Failure(f"{wrong[0]!r} is no number of a lesson; say for instance: ./unrolled run 05 06 --solved")
    answers = [None, solutions()] if "--both" in arguments else [solutions()] if "--solved" in arguments else [None]
    numbers = [a for a in arguments if NUMBER.fullmatch(a)]
    OUT.mkdir(parents=True, exist_ok=True)
    # The learner's own progress is never touched: each run starts a file of its own.
    progress = OUT / f"progress-run-{os.getpid()}.json"
    execute, begin = partial(run, answers=answers, progress=progress), time.monotonic()
    try:
        paths = lessons(numbers)
        records = list(in_turn(paths, execute) if together == 1 else in_company(paths, execute, together))
    finally:
        for part in OUT.glob(progress.name + "*"):
            part.unlink()
    total = time.monotonic() - begin
    failed = len({record["lesson"] for record in records if record["complaints"]})
    print(f"{len(paths)} lessons in {total:.0f} s, {failed} failed")
    late = [] if numbers else too_long(records, total)
    for complaint in late:
        print(f"    {complaint}")
    return 1 if failed or late or not records else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failure as failure:
        print(f"unrolled: {failure}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
