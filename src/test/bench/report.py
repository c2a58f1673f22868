"""Tables and bars from the raw measures: Markdown, that is also readable in a terminal."""
import math

from summary import fastest, geometric_mean, middle, ratio, spread
from workloads import COLD_STEPS, GROWTH_FROM, OURS, multiplications

FLOAT = {"f64": "float64", "f32": "float32"}


def figure(value):
    """Three digits that say something."""
    if value >= 1000:
        return f"{value:.0f}"
    digits = 2 if value == 0 else min(4, max(0, 2 - math.floor(math.log10(abs(value)))))
    return f"{value:.{digits}f}"


def middle_and_spread(measures):
    s = spread(measures)
    return f"{figure(s['median'])} ({figure(s['low'])} .. {figure(s['high'])})"


def ratio_text(r):
    if r is None:
        return "-"
    return figure(r["median"]) if r["low"] == r["high"] else f"{figure(r['median'])} ({figure(r['low'])} .. {figure(r['high'])})"


def table(head, rows):
    """Columns as wide as their longest cell; the first one to the left, numbers to the right."""
    widths = [max(len(str(row[i])) for row in [head, *rows]) for i in range(len(head))]
    def line(row):
        return "| " + " | ".join(str(c).ljust(w) if i == 0 else str(c).rjust(w) for i, (c, w) in enumerate(zip(row, widths))) + " |"
    rule = "|" + "|".join("-" * (w + 2) if i == 0 else "-" * (w + 1) + ":" for i, w in enumerate(widths)) + "|"
    return [line(head), rule, *map(line, rows)]


def bar(name, values, holds, say=figure):
    """One bar: met if it holds for every value of {where: value}; the number is its worst."""
    if not values:
        return f"- not measured: {name}."
    missed = {where: value for where, value in values.items() if not holds(value)}
    worst = missed or values
    said = ", ".join(f"{where} {say(value)}" for where, value in list(worst.items())[:15])
    how_many = f"missed by {len(missed)} of {len(values)}: " if missed else ""
    return f"- **{'missed' if missed else 'met'}**: {name}: {how_many}{said}."


def best(peer, dtype, measures):
    """The measures of the faster number of threads, and that number."""
    name = fastest({name: m for name, m in measures.items() if name.startswith(f"{peer} {dtype}")})
    return (measures[name], name.split()[-1]) if name else (None, None)


def step_ratios(cells, dtype):
    found = {}
    for cell, measures in cells.items():
        theirs, _ = best("torch", dtype, measures)
        r = theirs and measures.get(OURS[dtype]) and ratio(measures[OURS[dtype]], theirs)
        if r:
            found[cell] = r["median"]
    return found


def best_ratio(measures, dtype):
    """Against the fastest of PyTorch and JAX in this precision; None without one."""
    theirs = [m for m in (best("torch", dtype, measures)[0], measures.get(f"jax {dtype}")) if m]
    mine = measures.get(OURS[dtype])
    return ratio(mine, min(theirs, key=middle)) if theirs and mine else None


def most_bytes(measures):
    """Of a process' median step; the most of all rounds, since now and then one JVM alone allocates."""
    return max(m["bytes"] for name in OURS.values() for m in measures.get(name, []))


def steps(result):
    cells = {cell: m for cell, m in result.get("cells", {}).items() if m.get("ours")}
    rows, others = [], []
    for cell, m in cells.items():
        row, all_ours = [cell], [x for name in OURS.values() for x in m.get(name, [])]
        for dtype, name in OURS.items():
            theirs, threads = best("torch", dtype, m)
            row += [middle_and_spread(m[name]) if m.get(name) else "-"]
            row += [f"{middle_and_spread(theirs)}, {threads} thr.", ratio_text(ratio(m.get(name, []), theirs))] if theirs else ["-", "-"]
        garbage = [sum(x[key] for x in all_ours) for key in ("collections", "collecting")]
        allocating = f"{sum(x['allocating'] for x in all_ours)} of {sum(x['steps'] for x in all_ours)}"
        rows.append([*row, figure(most_bytes(m)), figure(middle(all_ours, "mean bytes")), allocating,
                     f"{garbage[0]} in {garbage[1]} ms"])
        more = [(dtype, m.get(f"jax {dtype}")) for dtype in FLOAT] + [(dtype, best("dl4j", dtype, m)[0]) for dtype in FLOAT]
        if any(each for _, each in more):
            others.append([cell, *(f"{middle_and_spread(each)}: {ratio_text(ratio(m.get(OURS[dtype], []), each))}" if each else "-"
                                   for dtype, each in more)])
    f64, f32 = step_ratios(cells, "f64"), step_ratios(cells, "f32")
    small = {cell for cell in cells if cell[:2] in ("S1", "S2")}
    single = {cell: r["median"] for cell, m in cells.items() if (r := best_ratio(m, "f32"))}
    lines = ["Milliseconds a step: median (quartiles). Ratio: the peer's time through ours in the same precision, median over rounds (least .. "
             "largest).", "", *table(["cell", "ours float64", "PyTorch float64", "ratio", "ours float32", "PyTorch float32", "ratio",
                     "bytes/step", "mean", "steps that allocate", "garbage"], rows)]
    if others:
        lines += ["", *table(["cell", *(f"{peer} {bits}: ratio" for peer in ("JAX", "DL4J") for bits in FLOAT.values())], others)]
    if f64:
        lines += ["", "Geometric mean of the ratios: " + ", ".join(f"{geometric_mean(r.values()):.2f} against PyTorch {FLOAT[d]}"
                                                                   for d, r in (("f64", f64), ("f32", f32)) if r) + "."]
    return lines, [
        bar("at least 1.0 times PyTorch float64 on every cell", f64, lambda v: v >= 1),
        bar("at least 3 times PyTorch float64 on S1 and S2", {c: v for c, v in f64.items() if c in small}, lambda v: v >= 3),
        bar("float32 at least 1.0 times the faster of PyTorch and JAX float32 on every cell", single, lambda v: v >= 1),
        bar("0 bytes allocated in the median step of every process", {c: most_bytes(m) for c, m in cells.items()}, lambda v: v == 0)]


def processes(result):
    rows, values = [], {}
    for cell, measures in result.items():
        for dtype, name in OURS.items():
            own = measures.get(name, [])
            if own:
                where, times = f"{cell} {FLOAT[dtype]}", sorted(m["beside"] for m in own)
                values[where] = times[-1] / middle(own, "beside")
                rows.append([where, len(times), figure(middle(own, "low")), *map(figure, (times[0], middle(own, "beside"), times[-1], values[where])),
                             max(m["mean bytes"] for m in own)])
    return ["Fresh processes, each in turns with one that stands all the time: milliseconds a step (the lower quartile of a process's steps; "
            "median of the processes), then its time through that of the standing one; the most bytes that one allocated a step.", "",
            *table(["cell", "processes", "ms", "fastest", "median", "slowest", "slowest / median", "bytes"], rows)], [
        bar("the slowest process takes at most 1.25 times the median", values, lambda v: v <= 1.25)]


def product(result):
    shapes, names = result.get("shapes", {}), []
    for measures in shapes.values():
        names += [name for name in measures if name not in names]
    order = sorted(names, key=lambda name: (["ours", "packed", "torch", "ejml"].index(name.split()[0]), name.split()[1:]))
    rows = [[shape, *(figure(middle(m[name])) if name in m else "-" for name in order)] for shape, m in shapes.items()]
    peak = f" The registers alone reach {middle(result['peak']):.1f} on one core." if result.get("peak") else ""
    lines = [f"GFLOP/s, more is better; the number behind a name is its threads. Packed: with a B that was packed before, "
             f"as a layer packs its weights once a pass.{peak}", "", *table(["shape", *order], rows)]
    if result.get("functions"):
        by = ("vector", "scalar", "Math")
        lines += ["", "Nanoseconds a number:", "", *table(["function", *by], [[f, *(figure(middle(m[b])) if b in m else "-" for b in by)]
                                                                            for f, m in result["functions"].items()])]
    # Rates: ours through theirs. A ratio joins the rounds, so the peer stands first.
    r = {shape: ratio(m["torch f64 1"], m["ours 1"])["median"] for shape, m in shapes.items() if m.get("torch f64 1") and m.get("ours 1")}
    first = {shape: v for shape, v in r.items() if shape.startswith("1x")}
    others = {shape: v for shape, v in r.items() if shape not in first}
    return lines, [bar("one core, at least half of torch.mm float64 on every shape above S1", others, lambda v: v >= 0.5),
                   bar("one core, ahead of torch.mm float64 on the shape of S1", first, lambda v: v >= 1)]


def cold(result):
    rows = [[name, figure(middle(m)), ratio_text(ratio(result["ours"], m))] for name, m in result.items()]
    values = {}
    for dtype, mine in OURS.items():
        theirs, _ = best("torch", dtype, result)
        values |= {ours: 1 / ratio(result[ours], theirs)["median"] for ours in (mine, f"{mine}, stored classes") if theirs and result.get(ours)}
    lines = [f"Seconds from start to end of a process that trains an LSTM for {COLD_STEPS} steps; ratio: its time through ours. "
             "The last number of PyTorch's name is its threads.", "", *table(["process", "seconds", "ratio"], rows)]
    double, single = ({name: v for name, v in values.items() if ("f32" in name) == f32} for f32 in (False, True))
    return lines, [bar("at most 0.5 times the seconds of PyTorch float64 with the better number of threads", double, lambda v: v <= 0.5),
                   bar("float32 at most 0.33 times the seconds of PyTorch float32", single, lambda v: v <= 0.33)]


def inference(result):
    steps, generator, rows = result.get("step", {}), result.get("generator", {}), []
    if not steps.get("ours"):
        return ["Ours was not measured."], []
    for name, m in steps.items():
        row = [name, middle_and_spread(m), ratio_text(ratio(steps["ours"], m))]
        drawn = generator.get(name)
        rows.append([*row, *([middle_and_spread(drawn), ratio_text(ratio(generator["ours"], drawn))] if drawn else ["-", "-"])])
    values = {name: ratio(steps["onnxruntime f32"], steps[name])["median"] for name in OURS.values() if "onnxruntime f32" in steps and name in steps}
    return ["Microseconds, one thread: median (quartiles); ratio: its time through ours.", "",
            *table(["", "one step", "ratio", "one drawn symbol", "ratio"], rows)], [
        bar("one step ahead of ONNX Runtime, our time through its", values, lambda v: v < 1),
        bar("float32 at most half of its time", {name: v for name, v in values.items() if "f32" in name}, lambda v: v <= 0.5)]


def growth(result):
    rows, values = [], {}
    for what, by_value in result.items():
        if not by_value:
            continue  # interrupted before its first measure
        before = None
        for value, m in by_value.items():
            size = {**GROWTH_FROM, what: int(value)}
            work, tokens, ms = multiplications(*(size[n] for n in "BTDH")), size["B"] * size["T"], middle(m)
            growth = (ms / before[0]) / (work / before[1]) if before else 1
            rows.append([f"{what} = {value}", figure(ms), figure(1000 * ms / tokens), figure(growth) if before else "-"])
            first = first if before else (ms, work)
            before = ms, work
        values[what] = (before[0] / first[0]) / (before[1] / first[1])
    start = ", ".join(f"{name} = {value}" for name, value in GROWTH_FROM.items())
    return [f"An LSTM from {start}; growth: of the time through that of the multiplications, against the line above.", "",
            *table(["size", "ms/step", "µs/token", "growth"], rows)], [
        bar("from smallest to largest, time grows no faster than the multiplications (10 % allowed for noise)", values, lambda v: v <= 1.1)]


def kernel(result):
    rows = [[name, figure(middle(m, "seconds")), figure(middle(m))] for name, m in result.items()]
    values = {}
    if "kernel" in result:
        values = {name: ratio(result["plain JVM"], result["kernel"], key)["median"]
                  for name, key in (("in all", "seconds"), ("later half", "median"))}
    return ["400 training steps of an LSTM of the size S2, the same text as a notebook cell and as a program.", "",
            *table(["where", "seconds in all", "ms/step, later half"], rows)], [
        bar("in the kernel at most 1.5 times as long", values, lambda v: v <= 1.5)]


def scalar(result):
    rows, values = [], {}
    for cell, m in result.items():
        if m.get("scalar"):
            r = ratio(m["vector"], m["scalar"])
            rows.append([cell, middle_and_spread(m["vector"]), middle_and_spread(m["scalar"]), ratio_text(r)])
            values[cell] = r["median"]
    return ["Milliseconds a step: median (quartiles).", "", *table(["cell", "vector", "scalar", "ratio"], rows)], [
        bar("the plain loops take at most 8 times as long", values, lambda v: v <= 8)]


def memory(result):
    rows = [[name, f"{m['mb']:.0f}", f"{m['seconds']:.1f}"] for name, m in result.items()]
    return table(["lesson", "MB of its kernel", "seconds"], rows), [
        bar("a kernel holds at most 1024 MB", {n: m["mb"] for n, m in result.items()}, lambda v: v <= 1024, "{:.0f} MB".format),
        bar("a lesson takes at most 60 s", {n: m["seconds"] for n, m in result.items()}, lambda v: v <= 60, "{:.0f} s".format)]


TITLES = {"steps": "Training steps", "processes": "Many fresh processes", "product": "Products and functions", "cold": "A fresh process", "inference": "One step at a time",
          "growth": "Growth", "kernel": "In a notebook", "scalar": "Without vector instructions", "memory": "Memory of the lessons"}
TABLES = {"steps": steps, "processes": processes, "product": product, "cold": cold, "inference": inference, "growth": growth, "kernel": kernel, "scalar": scalar,
          "memory": memory}


def where(facts):
    peers = ", ".join(f"{name} {version}" for name, version in facts["peers"].items()) or "none"
    return [f"{facts['date']}; {facts['processor']}, {facts['cores']} cores, {facts['system']}, load before {facts['load before']}.",
            f"JDK {facts['jdk']}, {facts['kernels']}, {facts['collectors']}, flags `{facts['flags']}`. Peers: {peers}."]


def section(part, entry):
    lines, bars = TABLES[part](entry["result"])
    facts = entry["facts"]
    ended = [] if entry["complete"] else ["", "**Partial results: the run was interrupted or failed.**"]
    ended += ["", "**Measured with --quick: too short for a claim.**"] if entry["quick"] else []
    return [f"## {TITLES[part]} (JDK {facts['feature']})", "", *lines, "", *bars, *ended, "", *where(facts),
            f"Rounds: {entry['rounds']}; seconds to warm up a process (a JVM 2 at least), and to measure it: {entry['seconds']}.", ""]


def page(results):
    lines = ["# Measurements", "", "Made by `./unrolled bench`; raw figures in results.json.", ""]
    for part in TABLES:
        for _, entry in sorted(results.get(part, {}).items()):
            if entry["result"]:
                lines += section(part, entry)
    return "\n".join(lines)


def readme(entry):
    """The table of training steps for a reader in a hurry."""
    rows = []
    for cell, m in entry["result"].get("cells", {}).items():
        if not m.get("ours"):
            continue
        row = [cell]
        for dtype, name in OURS.items():
            r = best_ratio(m, dtype)
            theirs = [best("torch", dtype, m)[0], m.get(f"jax {dtype}")]
            row += [figure(middle(each)) if each else "-" for each in (m.get(name), *theirs)] + [ratio_text(r)]
        rows.append(row)
    facts = entry["facts"]
    head = [f"{who}{dtype}" for dtype in FLOAT for who in ("ours, ", "PyTorch ", "JAX ", "ratio ")]
    return [*table(["ms a training step", *head], rows), "",
            f"{facts['processor']}, {facts['cores']} cores; JDK {facts['jdk']}; PyTorch {facts['peers'].get('torch', '-')}; "
            f"{facts['date']}; medians, rounds: {entry['rounds']}. Ratio: the faster peer's "
            "time through ours; above 1 ours is faster."]
