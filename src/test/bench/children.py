"""Runs the processes that measure, one at a time, and ends them when the run is interrupted."""
import json
import os
import signal
import subprocess
import time


class Failure(Exception):
    """Something cannot be measured; the message says what and why in a sentence."""


def environment():
    """A peer may be installed for this user alone: the launcher's own choice of packages must not hide it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONNOUSERSITE"}


def run(command, what, cwd=None):
    """Standard output of a command. Failure if it fails, with the last line that it wrote."""
    command = [str(part) for part in command]
    try:
        # A session of its own, so that its children (JMH forks) end with it, and Ctrl-C reaches this process alone.
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                                 errors="replace", env=environment(), cwd=cwd, start_new_session=True)
    except OSError as problem:
        raise Failure(f"{what} could not start: {problem}.") from problem
    try:
        output, errors = child.communicate()
    except BaseException:
        end(child)
        raise
    if child.returncode:
        said = [line.strip() for line in (errors + output).splitlines() if line.strip()]
        raise Failure(f"{what} failed with exit code {child.returncode}: {said[-1][:300] if said else 'it said nothing'}")
    return output


def run_json(command, what):
    """The last line of its output, as JSON."""
    output = run(command, what)
    try:
        return json.loads(output.strip().splitlines()[-1])
    except (ValueError, IndexError) as problem:
        raise Failure(f"{what} printed no result: {output[-200:]!r}") from problem


def seconds(command, what):
    """Wall seconds from start to end of a process."""
    start = time.perf_counter()
    run(command, what)
    return time.perf_counter() - start


def end(child):
    for wish in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(child.pid, wish)
        except ProcessLookupError:
            break
        try:
            child.wait(3)
        except subprocess.TimeoutExpired:
            continue
    child.wait()
