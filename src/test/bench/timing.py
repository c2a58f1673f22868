"""Times one piece of work again and again: the same for every peer, and as StepBench.java does it."""
import json
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
    times = sorted(_run(work, seconds, block, unit))
    n = len(times)
    return {"median": times[n // 2], "low": times[n // 4], "high": times[n * 3 // 4], "steps": n * block}


def say(result):
    print(json.dumps(result), flush=True)
