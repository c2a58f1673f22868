"""The arithmetic of the report. A contender's measures are a list, one a round: {"round": 1, "median": .., "low": .., "high": ..}."""
from statistics import median


def middle(measures, key="median"):
    """The median over the rounds of one figure of them."""
    return median(m[key] for m in measures)


def spread(measures):
    """The median of medians, with the medians of the rounds' quartiles."""
    return {key: middle(measures, key) for key in ("low", "median", "high")}


def ratio(ours, theirs, key="median"):
    """How many times longer theirs takes: the median over the rounds that both ran, with the least and the largest. None without one."""
    by_round = {m["round"]: m[key] for m in ours}
    ratios = sorted(m[key] / by_round[m["round"]] for m in theirs if m["round"] in by_round)
    return {"low": ratios[0], "median": median(ratios), "high": ratios[-1]} if ratios else None


def fastest(contenders):
    """Of {name: measures} the fastest of those with the most rounds, by the median over the rounds."""
    return min((name for name in contenders if contenders[name]), default=None,
               key=lambda name: (-len(contenders[name]), middle(contenders[name])))


def geometric_mean(values):
    product = 1.0
    for value in values:
        product *= value
    return product ** (1 / len(values))
