"""Times one piece of work again and again: the same for every peer, and as StepBench.java does it."""
import json
import sys
import time

FEWEST = 5


def _run(work, seconds, block, unit):
    times, end = [], time.perf_counter() + seconds
    while len(times) < FEWEST or time.perf_counter() < end:
        start = time.perf_counter()
        for _ in range(block):
            work()
        times.append((time.perf_counter() - start) * unit / block)
    return times


def measure(work, warm_up, seconds, block=1, unit=1e3):
    """Median and quartiles of work()'s time in 1/unit seconds, after a warm-up; block calls between two looks at the clock."""
    _run(work, warm_up, block, unit)
    return _figures(work, seconds, block, unit)


def _figures(work, seconds, block, unit):
    times = sorted(_run(work, seconds, block, unit))
    n = len(times)
    return {"median": times[n // 2], "low": times[n // 4], "high": times[n * 3 // 4], "steps": n * block}


def take_turns(work, warm_up, seconds):
    """Warms up, then measures in turns, in milliseconds."""
    _run(work, warm_up, 1, 1e3)
    _in_turns(lambda: _figures(work, seconds, 1, 1e3))


def take_turns_of_all(works, warm_up, seconds, block, unit):
    """The same for {name: work}, with block calls between two looks at the clock, in 1/unit seconds: each turn gives all their figures."""
    for work in works.values():
        _run(work, warm_up, block, unit)
    _in_turns(lambda: {name: _figures(work, seconds, block, unit) for name, work in works.items()})


def _in_turns(measured):
    """Says that it is warm, then what it has measured for each line of standard input. Without the last argument "turns": once."""
    if sys.argv[-1] != "turns":
        say(measured())
        return
    say({"warm": True})
    for _ in sys.stdin:
        say(measured())


def say(result):
    print(json.dumps(result), flush=True)
