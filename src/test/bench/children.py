"""Runs the processes that measure, one at a time, and ends them when the run is interrupted."""
import json
import os
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager


class Failure(Exception):
    """Something cannot be measured; the message says what and why in a sentence."""


def environment():
    """A peer may be installed for this user alone: the launcher's own choice of packages must not hide it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONNOUSERSITE"}


def start(command, what, cwd=None, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE):
    try:
        # A session of its own, so that its children (JMH forks) end with it, and Ctrl-C reaches this process alone.
        return subprocess.Popen([str(part) for part in command], stdin=stdin, stdout=subprocess.PIPE, stderr=stderr, encoding="utf-8",
                                errors="replace", env=environment(), cwd=cwd, start_new_session=True)
    except OSError as problem:
        raise Failure(f"{what} could not start: {problem}.") from problem


def failed(what, code, said):
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return Failure(f"{what} failed with exit code {code}: {lines[-1][:300] if lines else 'it said nothing'}")


def run(command, what, cwd=None):
    """Standard output of a command. Failure if it fails, with the last line that it wrote."""
    child = start(command, what, cwd)
    try:
        output, errors = child.communicate()
    except BaseException:
        end(child)
        raise
    if child.returncode:
        raise failed(what, child.returncode, errors + output)
    return output


def run_json(command, what):
    """The last line of its output, as JSON."""
    output = run(command, what)
    try:
        return json.loads(output.strip().splitlines()[-1])
    except (ValueError, IndexError) as problem:
        raise Failure(f"{what} printed no result: {output[-200:]!r}") from problem


class Contender:
    """A process that warms up, then waits, and measures whenever it is its turn. So those who are compared live side by side, and what
    else happens on the machine from second to second meets all of them."""

    def __init__(self, command, what):
        self.what, self.errors = what, tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        self.child = start([*command, "turns"], what, stdin=subprocess.PIPE, stderr=self.errors)
        try:
            self.said()                                      # it is warm
        except BaseException:
            self.end()
            raise

    def said(self):
        line = self.child.stdout.readline()
        while line and not line.startswith("{"):             # a warning
            line = self.child.stdout.readline()
        if not line:
            self.errors.seek(0)
            raise failed(self.what, self.child.wait(), self.errors.read())
        return json.loads(line)

    def turn(self):
        """What it measures now."""
        try:
            self.child.stdin.write("\n")
            self.child.stdin.flush()
        except OSError:
            pass                                             # it has ended: said() says how
        return self.said()

    def end(self):
        end(self.child)
        self.child.stdin.close()
        self.child.stdout.close()
        self.errors.close()


@contextmanager
def standing():
    """A dictionary for contenders: all that are in it are ended in the end."""
    contenders = {}
    try:
        yield contenders
    finally:
        for contender in contenders.values():
            contender.end()


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
