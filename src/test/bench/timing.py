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
    """Warms up, says so, then measures (milliseconds) for each line of standard input. Without the last argument "turns": once."""
    _run(work, warm_up, 1, 1e3)
    if sys.argv[-1] != "turns":
        say(_figures(work, seconds, 1, 1e3))
        return
    say({"warm": True})
    for _ in sys.stdin:
        say(_figures(work, seconds, 1, 1e3))


def say(result):
    print(json.dumps(result), flush=True)
