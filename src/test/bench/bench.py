"""Measures the library beside its peers, on this machine: the work of ./unrolled bench.

Writes target/bench/results.json (raw, by part and JDK), results.md and figure.html.
"""
import argparse
import json
import os
import signal
import sys
import time
from importlib import util
from pathlib import Path

import report
from children import Failure, run
from machine import BENCH, HOME, Peers, cores, facts, java, jvm
from parts import PARTS, Options
from workloads import ALSO, CELLS, COLD_STEPS, GROWTH, OURS, PROCESS_SECONDS, PROCESS_SIZES, PROCESS_TURNS, SHAPES, SIZES, STEP_SECONDS, processes

README = HOME / "src" / "test" / "bench" / "README.md"
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


class Arguments(argparse.ArgumentParser):
    def error(self, message):
        raise Failure(f"{message}. See ./unrolled bench --help")


def among(kind, known):
    """A list such as S1,S2 of known names, in the order in which they are known."""
    def names(text):
        wish = text.split(",")
        for name in wish:
            if name not in known:
                raise argparse.ArgumentTypeError(f"{name!r} is no {kind}; expected some of {','.join(known)}")
        return [name for name in known if name in wish]
    return names


def positive(kind):
    def number(text):
        try:
            value = kind(text)
        except ValueError:
            value = 0
        if not 0 < value < 1e6:
            raise argparse.ArgumentTypeError(f"{text!r} is no positive number")
        return value
    return number


def arguments(words):
    parser = Arguments(prog="./unrolled bench", description="Measures the library beside PyTorch, JAX and ONNX Runtime, in turn, here.",
                       epilog="Each part replaces its older results of the same JDK; 'report' only writes the tables anew.")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"some of: {' '.join(PARTS)} report (all, when none is named)")
    parser.add_argument("--quick", action="store_true", help="one short round of all in about five minutes; too short for a claim")
    parser.add_argument("--rounds", type=positive(int), help="how often each contender has its turn (3; quick: 1)")
    parser.add_argument("--seconds", type=positive(float),
                        help="to measure each process, and to warm it up before (3; quick: 0.5; a JVM warms up 2 at least)")
    parser.add_argument("--peers", metavar="PYTHON",
                        help="a Python that has torch, jax, onnxruntime and onnx (else UNROLLED_PEERS, else python3)")
    parser.add_argument("--sizes", type=among("size", SIZES), help=f"of the training steps, some of {','.join(SIZES)} (quick: S1,S2)")
    parser.add_argument("--cells", type=among("cell", CELLS), default=list(CELLS), help=f"some of {','.join(CELLS)}")
    parser.add_argument("--dl4j", action="store_true", help="measure DL4J's training steps, too (some 130 MB to download)")
    parser.add_argument("--also", metavar="JDK", help="the folder of another JDK, whose training steps are measured in the same run")
    parser.add_argument("--to", metavar="FOLDER", type=Path, default=BENCH, help="where the results go (target/bench)")
    parser.add_argument("--readme", action="store_true", help="renew the table in src/test/bench/README.md")
    wish = parser.parse_args(words)
    for part in wish.parts:
        if part not in PARTS and part != "report":
            raise Failure(f"there is no part {part!r} to measure; it has {', '.join(PARTS)} and report")
    wish.parts = wish.parts or list(PARTS)
    wish.rounds = wish.rounds or (1 if wish.quick else 3)
    wish.seconds = wish.seconds or (0.5 if wish.quick else 3)
    wish.sizes = wish.sizes or (["S1", "S2"] if wish.quick else list(SIZES))
    return wish


def build():
    """Compiles what measures, when it is older than its sources or another JDK's."""
    stamp, version = BENCH / ".built", (HOME / "target" / ".built").read_text(encoding="utf-8")
    sources = [HOME / "pom.xml", HOME / "target" / ".built", *(HOME / "src" / "test" / "java").rglob("*.java")]
    if stamp.exists() and stamp.read_text(encoding="utf-8") == version and stamp.stat().st_mtime > max(s.stat().st_mtime for s in sources):
        return
    BENCH.mkdir(parents=True, exist_ok=True)
    print("Building what measures ... ", end="", flush=True)
    start = time.monotonic()
    run(["mvn", "-q", "-B", "test-compile", "dependency:build-classpath", "-Dmdep.includeScope=test",
         f"-Dmdep.outputFile={BENCH / 'classpath'}"], "the build", cwd=HOME)
    stamp.write_text(version, encoding="utf-8")
    print(f"{time.monotonic() - start:.0f} s")


def estimate(wish, peers):
    """Seconds that this run will take, roughly."""
    torch, jax = peers.has("torch"), peers.has("jax")
    java_s = max(2, wish.seconds) + wish.seconds + 2
    cells = [(cell, 10 * STEP_SECONDS[size]) for size in wish.sizes for cell in wish.cells]
    small = [s for s in wish.sizes if s in ("S2", "S3")] or ["S2"]
    torch_s, jax_s, dl4j_s = 3, 6, wish.dl4j * 2 * (java_s + 6)  # to start; DL4J with its steps
    a_round = {
        "steps": sum((2 + 2 * bool(wish.also) + 4 * torch + 2 * jax * (cell == "lstm" or not wish.quick)) * max(wish.seconds, c / 2)
                     + (cell != "gru") * (dl4j_s + wish.dl4j * 4 * c) for cell, c in cells),
        "processes": 0,
        "product": len(SHAPES) * (4 if wish.quick else 22) + 9 * (2 if wish.quick else 4) + torch * (15 if wish.quick else 30),
        "cold": COLD_STEPS * 0.02 * 4 + (torch * 8 + jax * 8) * 2,
        "inference": (4 + 4 * torch + 1) * wish.seconds,  # two pieces of work, in two precisions; ONNX Runtime one in one
        "growth": sum((3 if wish.quick else len(values)) for values in GROWTH.values()) * java_s,
        "kernel": 20, "scalar": len(small) * len(wish.cells) * 2 * java_s, "memory": 0, "report": 0}
    a_cell = 2 * (1 + processes(wish.quick)) * (PROCESS_SECONDS[0] + 2 * PROCESS_TURNS * PROCESS_SECONDS[1] + 4)  # until the compiler is quiet
    once = ("processes" in wish.parts) * a_cell * len(wish.cells) * (sum(size in PROCESS_SIZES for size in wish.sizes) or 1)
    starts = (2 + 2 * bool(wish.also)) * java_s + 4 * torch * (wish.seconds + torch_s) + 2 * jax * (wish.seconds + jax_s)
    once += ("steps" in wish.parts) * starts * len(cells)
    once += ("inference" in wish.parts) * (4 * java_s + torch * 2 * (2 * wish.seconds + torch_s) + wish.seconds + torch_s)
    return once + wish.rounds * sum(a_round[part] for part in wish.parts)


def load(folder):
    path = folder / "results.json"
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except ValueError as problem:
        raise Failure(f"{path} cannot be read ({problem}); remove it, then run this again") from problem


def save(results, folder):
    """Never half a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("results.json", json.dumps(results, indent=1, ensure_ascii=False)), ("results.md", report.page(results))):
        part = folder / f"{name}.{os.getpid()}"
        part.write_text(text, encoding="utf-8")
        os.replace(part, folder / name)


def draw(results, feature, folder):
    """The ratios of the training steps; says whether a peer was measured, so that there is something to draw."""
    entry = results.get("steps", {}).get(feature, {"result": {}})
    cells = {cell: m for cell, m in entry["result"].get("cells", {}).items() if m.get("ours")}
    rows = [{"cell": cell, "peer": name, **r} for cell, m in cells.items() for name, r in ratios(m)]
    if rows:
        drawn = folder / "ratios.json"
        drawn.write_text(json.dumps({"where": report.where(entry["facts"])[0], "rows": rows}), encoding="utf-8")
        plotly = Path(util.find_spec("plotly").origin).parent / "package_data" / "plotly.min.js"
        run(java("unrolled.bench.RatioFigure", drawn, plotly, folder / "figure.html"), "the figure")
        drawn.unlink()
    return bool(rows)


def ratios(measures):
    """Of each peer in each of its precisions, against ours in the same."""
    for dtype in report.FLOAT:
        theirs = {"PyTorch": report.best("torch", dtype, measures)[0], "JAX": measures.get(f"jax {dtype}"),
                  "DL4J": report.best("dl4j", dtype, measures)[0]}
        for peer, m in theirs.items():
            r = m and report.ratio(measures.get(OURS[dtype], []), m)
            if r:
                yield f"{peer} {report.FLOAT[dtype]}", r


def renew_readme(results, feature):
    """The table of this JDK, and of those that were measured in the same run."""
    entry = results.get("steps", {}).get(feature)
    if not entry or not entry["complete"] or entry["quick"]:
        raise Failure(f"there are no complete training steps of JDK {feature}, measured without --quick, to put into src/test/bench/README.md; "
                      "measure them with ./unrolled bench steps")
    text = README.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise Failure(f"{README.name} has no place for the table, between {BEGIN} and {END}")
    head, rest = text.split(BEGIN)
    same_run = [each for _, each in sorted(results["steps"].items()) if each["facts"]["date"] == entry["facts"]["date"]]
    tables = "\n\n".join("\n".join(report.readme(each)) for each in same_run)
    README.write_text("\n".join([f"{head}{BEGIN}", tables, END]) + rest.split(END)[1], encoding="utf-8")
    print("Renewed the table in src/test/bench/README.md.")


def divided(entry, there):
    """Takes the other JDK's measures out of the entry, and makes one of them, beside the same measures of the peers."""
    cells, others = entry["result"]["cells"], {}
    for cell, measures in cells.items():
        also = {OURS[dtype]: measures.pop(name) for dtype, name in ALSO.items() if name in measures}
        others[cell] = {**measures, **also}
    return {**entry, "facts": {**entry["facts"], **there}, "result": {"cells": others}}


def measure(part, wish, options, here, there, results):
    """One part; what it has measured stays when it is interrupted. Here is this JDK, there the other one of the steps, if any."""
    entry = {"facts": here, "rounds": wish.rounds, "seconds": wish.seconds, "quick": wish.quick, "complete": False, "result": {}}
    print(f"\n== {report.TITLES[part]}", flush=True)
    try:
        PARTS[part](entry["result"], options)
        entry["complete"] = True
    finally:
        entries = [entry] if entry["result"] else []
        if entries and part == "steps" and there:
            entries.append(divided(entry, there))
        for each in entries:
            results.setdefault(part, {})[each["facts"]["feature"]] = each
        if entries:
            save(results, wish.to)
    for each in entries:
        print("\n".join(["", *report.section(part, each)]), flush=True)


def main(words):
    wish = arguments(words)
    build()
    peers = Peers(wish.peers or os.environ.get("UNROLLED_PEERS"))
    results, here, there, failed = load(wish.to), facts(peers), jvm(wish.also) if wish.also else None, 0
    if there and there["feature"] == here["feature"]:
        raise Failure(f"--also {wish.also} is a JDK {here['feature']}, too; name one of another version")
    print("\n".join(report.where(here)))
    print(f"This takes about {max(1, round(estimate(wish, peers) / 60))} min. Ctrl-C ends it; what was measured is kept.", flush=True)
    if here["load before"] > 0.3 * here["cores"]:
        print(f"Other programs keep this machine busy (load {here['load before']}): times will be noisy; trust ratios, and only roughly.")
    options = Options(wish.quick, wish.rounds, wish.sizes, wish.cells, wish.seconds, peers, here["cores"], wish.dl4j,
                      lambda text: print(text, flush=True), wish.also)
    try:
        for part in wish.parts:
            if part != "report":
                try:
                    measure(part, wish, options, here, there, results)
                except Failure as problem:  # the other parts can still tell what they know
                    failed += 1
                    print(f"    {problem}", flush=True)
    except KeyboardInterrupt:
        save(results, wish.to)
        print("\nInterrupted. What was measured so far is in " + str(wish.to / "results.md"))
        return 130
    save(results, wish.to)
    drawn = draw(results, here["feature"], wish.to)
    print(f"Written: {wish.to / 'results.md'}, results.json{', figure.html' if drawn else ''}")
    if wish.readme:
        renew_readme(results, here["feature"])
    return 1 if failed else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # being ended politely is an interruption too
    try:
        sys.exit(main(sys.argv[1:]))
    except Failure as failure:
        print(f"unrolled: {str(failure).rstrip('.')}.", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
