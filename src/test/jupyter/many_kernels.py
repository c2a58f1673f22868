"""Many learners at once: N kernels side by side, each of which executes a lesson with all its solutions.

    many_kernels.py [N] [NN] [--together]      20 kernels and lesson 13, when nothing is said

Each has a progress file of its own. Shown are, of each kernel, the most memory that it held (PSS: a page that kernels share counts
once among them), its seconds, and whether every check has passed and stands in its progress file. --together starts all at the same
moment; without it one begins every two seconds, as people do. Exit 1 if anything was lost. Linux only.
"""
import asyncio
import json
import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "main" / "jupyter"))
from course import NUMBER, Failure, lessons  # noqa: E402
from run_lessons import judge, solutions, solve  # noqa: E402

APART = 2  # seconds between two learners
PATIENCE = 1800  # seconds that a cell may wait for its turn among so many


def pss(pid):
    """MB; 0 when the process has ended."""
    try:
        return int(re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)[1]) / 1024
    except (OSError, TypeError):
        return 0.0


class Memory:
    """The most that each kernel held, and the most of all of them together, from a look a second."""

    def __init__(self):
        self.pids, self.peak, self.together = [], {}, 0.0

    async def watch(self):
        while True:
            now = {pid: await asyncio.to_thread(pss, pid) for pid in self.pids}
            self.peak = {pid: max(mb, self.peak.get(pid, 0.0)) for pid, mb in now.items()}
            self.together = max(self.together, sum(now.values()))
            await asyncio.sleep(1)


async def learner(path, answers, progress, wait, memory):
    await asyncio.sleep(wait)
    begin = time.monotonic()
    notebook = nbformat.read(path, as_version=4)
    expected = solve(notebook, answers)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(notebook, kernel_name="java", timeout=PATIENCE, startup_timeout=PATIENCE, resources={"metadata": {"path": str(path.parent)}})
    record, pid = {"complaints": [], "first": 0.0, "mb": 0.0}, None
    try:
        async with client.async_setup_kernel(env={**os.environ, "UNROLLED_STRICT": "1", "UNROLLED_PROGRESS": str(progress)}):
            pid = client.km.provisioner.pid
            memory.pids.append(pid)
            for index, cell in enumerate(notebook.cells):
                if cell.cell_type == "code":
                    await client.async_execute_cell(cell, index)
                    record["first"] = record["first"] or time.monotonic() - begin
    except Exception as problem:  # one learner's trouble must not hide what the others have
        record["complaints"].append(f"{type(problem).__name__}: {str(problem).strip()[-300:]}")
    record["seconds"], record["mb"] = time.monotonic() - begin, memory.peak.get(pid, 0.0)
    verdicts, _, complaints = judge(notebook, True)
    saved = json.loads(progress.read_text(encoding="utf-8"))["done"] if progress.exists() else {}
    lost = [exercise for exercise in expected if verdicts.get(exercise) != "✓" or exercise not in saved]
    record["passed"], record["checks"] = len(expected) - len(lost), len(expected)
    record["complaints"] += complaints + [f"lost: {exercise}" for exercise in lost]
    print(f"{record['mb']:6.0f} MB {record['seconds']:6.1f} s, first cell after {record['first']:5.1f} s, {record['passed']} of {record['checks']} checks passed"
          f"{'  FAILED' if record['complaints'] else ''}", flush=True)
    for complaint in record["complaints"]:
        print(f"    {complaint}", flush=True)
    return record


async def everyone(count, number, together):
    answers, memory = solutions(), Memory()
    path = lessons([number])[0]
    print(f"{count} kernels, {path.name}, on {os.cpu_count()} processors", flush=True)
    begin, watch = time.monotonic(), asyncio.ensure_future(memory.watch())
    with tempfile.TemporaryDirectory() as folder:
        records = await asyncio.gather(*(learner(path, answers, Path(folder) / f"progress-{i}.json", 0 if together else APART * i, memory)
                                         for i in range(count)))
    watch.cancel()
    seconds, mb = sorted(r["seconds"] for r in records), sorted(r["mb"] for r in records)
    print(f"{count} kernels in {time.monotonic() - begin:.0f} s: {seconds[0]:.0f} to {seconds[-1]:.0f} s each (median {statistics.median(seconds):.0f}), "
          f"{mb[0]:.0f} to {mb[-1]:.0f} MB each (median {statistics.median(mb):.0f}), at most {memory.together:.0f} MB together; "
          f"{sum(r['passed'] for r in records)} of {sum(r['checks'] for r in records)} checks passed, {sum(bool(r['complaints']) for r in records)} failed")
    return 1 if any(r["complaints"] for r in records) else 0


if __name__ == "__main__":
    named = [argument for argument in sys.argv[1:] if argument != "--together"]
    if len(named) > 2 or not all(NUMBER.fullmatch(argument) for argument in named) or named and not (named[0].isdigit() and int(named[0]) > 0):
        sys.exit(f"unrolled: {' '.join(named)!r} is not understood; say for instance: many_kernels.py 20 13 --together")
    try:
        sys.exit(asyncio.run(everyone(int(named[0]) if named else 20, named[1] if len(named) > 1 else "13", "--together" in sys.argv)))
    except Failure as failure:
        sys.exit(f"unrolled: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
