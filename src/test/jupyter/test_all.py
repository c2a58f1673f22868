"""Everything that proves the course, in order, with a table at the end: the work of ./unrolled test.

The last line reads "N passed, N failed", or "N passed, N failed, N skipped" if the browser check could not run.
"""
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

HOME = Path(__file__).resolve().parents[3]
TARGET = HOME / "target"
RUN_LESSONS = HOME / "src" / "main" / "jupyter" / "run_lessons.py"
HERE = Path(__file__).resolve().parent
thread = threading.local()  # .out: where the part that runs in this thread prints; none for the terminal


def call(*command):
    out = getattr(thread, "out", None)
    return subprocess.run([str(part) for part in command], cwd=HOME, stdin=subprocess.DEVNULL, stdout=out, stderr=out and subprocess.STDOUT).returncode


def java():
    """The Java tests, counted from the reports that Surefire writes. A build that fails without a failed test counts as one."""
    for report in TARGET.glob("surefire-reports*/TEST-*.xml"):
        report.unlink()
    status = call("mvn", "-q", "-B", "verify", "javadoc:javadoc")
    total = failed = skipped = 0
    for report in TARGET.glob("surefire-reports*/TEST-*.xml"):
        suite = ElementTree.parse(report).getroot()
        total += int(suite.get("tests"))
        failed += int(suite.get("failures")) + int(suite.get("errors"))
        skipped += int(suite.get("skipped"))
    if total == 0 or status and not failed:
        failed, total = failed + 1, total + 1
    return total - failed - skipped, failed, skipped


def lessons():
    """Each lesson counts as two tests: as given, and solved in the kernel that has just run it as given."""
    names = sorted(path.stem for path in (HOME / "notebooks").glob("[0-9][0-9]*-*.ipynb"))
    records = [TARGET / "notebooks" / f"{name}{turn}.json" for name in names for turn in ("", "-solved")]
    for record in records:
        record.unlink(missing_ok=True)
    status = call(sys.executable, RUN_LESSONS, "--both", "--together", 2)  # most of a lesson keeps one processor busy
    told = [json.loads(record.read_text(encoding="utf-8")) for record in records if record.exists()]
    held = sum(not record["complaints"] for record in told)
    first, again = (sum(record["seconds"] for record in told if record["solved"] == solved) for solved in (False, True))
    print(f"as given {first:.0f} s, and once more in the same kernels, solved, {again:.0f} s")
    if again > first:  # the kernel has thrown away what the Java machine had compiled
        print("lessons: a second run must not be slower than the first.")
        return held, len(records) - held + 1, 0
    return held, len(records) - held or int(status != 0), 0


def published():
    """What is published against the run before: nothing is executed twice."""
    report = TARGET / "notebooks" / "published.json"
    report.unlink(missing_ok=True)
    status = call(sys.executable, RUN_LESSONS.parent / "publish.py", "--check")
    if not report.exists():
        return 0, 1, 0
    counts = json.loads(report.read_text(encoding="utf-8"))
    return counts["passed"], counts["failed"] or int(status != 0), 0


def scripts():
    """The unit tests of the launcher's Python."""
    result = unittest.TextTestRunner(stream=sys.stdout).run(unittest.defaultTestLoader.discover(str(HERE)))
    failed = len(result.failures) + len(result.errors)
    return result.testsRun - failed - len(result.skipped), failed or int(not result.testsRun), len(result.skipped)


def launcher():
    status = call("bash", HERE / "launcher_test.sh")
    counts = (TARGET / "launcher-test" / "counts").read_text().split()
    passed, failed = map(int, counts)
    return passed, failed or int(status != 0), 0


def reported(script, report):
    """Runs a check that writes its counts; without a report it counts as one failure. Returns (status, counts)."""
    report.unlink(missing_ok=True)
    status = call(sys.executable, HERE / script)
    if not report.exists():
        return status, (0, 1, 0)
    counts = json.loads(report.read_text(encoding="utf-8"))
    return status, (counts["passed"], counts["failed"] or int(status != 0), 0)


def kernel():
    return reported("kernel_check.py", TARGET / "kernel-check.json")[1]


def in_chromium(script, report):
    status, counts = reported(script, report)
    if status == 3:  # no Chromium: a reason to skip at home, but not where everything must be proved
        return (0, 1, 0) if os.environ.get("CI") == "true" else (0, 0, 1)
    return counts


def browser():
    return in_chromium("browser_check.py", TARGET / "browser" / "report.json")


def site():
    return in_chromium("site_check.py", TARGET / "site-check.json")


def run(name, part, out=None):
    """One row of the table."""
    thread.out, begin = out, time.monotonic()
    try:
        result = part()
    except Exception as problem:  # a part that cannot run has failed; the others still tell what they know
        print(f"{name}: {type(problem).__name__}: {problem}", file=out, flush=True)
        result = 0, 1, 0
    return name, *result, time.monotonic() - begin


def beside(first, second):
    """Two parts that need a processor each and share no file, at the same time; what the second prints follows the first's."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        rows = []
        other = threading.Thread(target=lambda: rows.append(run(*second, out)))
        other.start()
        print(f"\n== {first[0]}, and at the same time {second[0]}", flush=True)
        row = run(*first)
        other.join()
        print(f"\n== {second[0]}", flush=True)
        out.seek(0)
        print(out.read(), end="", flush=True)
    return [row, *rows]


def main():
    rows, begin = [], time.monotonic()
    for part in (("Java tests", java), ("scripts", scripts), ("kernel", kernel), ("lessons", lessons), ("lessons published", published),
                 (("launcher", launcher), ("site", site)), ("browser", browser)):
        if callable(part[1]):
            print(f"\n== {part[0]}", flush=True)
            rows.append(run(*part))
        else:
            rows += beside(*part)
    print(f"\n{'':<20}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}")
    for name, passed, failed, skipped, seconds in rows:
        print(f"{name:<20}{passed:>8}{failed:>8}{skipped:>9}{seconds:>9.0f}")
    print(f"{'all':<45}{time.monotonic() - begin:>9.0f}")
    passed, failed, skipped = (sum(row[i] for row in rows) for i in (1, 2, 3))
    if any(row[0] in ("browser", "site") and row[3] for row in rows):
        print("The checks of browser and site were skipped: no Chromium was found.")
    print(f"\n{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
