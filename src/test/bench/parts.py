"""The parts of ./unrolled bench. Each is a function that fills a dictionary with raw measures, so that an interrupted run keeps them."""
import json
import os
import re
import sys
import zipfile
from functools import partial
from pathlib import Path
from statistics import median

from children import Contender, Failure, run, run_json, seconds, standing
from machine import BENCH, HOME, dl4j, java, peer
from summary import fastest, middle
import workloads
from workloads import ALSO, COLD, COLD_STEPS, GROWTH, GROWTH_FROM, INFERENCE, INFERENCE_TURNS, OURS, PROCESS_SECONDS, PROCESS_SIZES, PROCESS_TURNS, SHAPES, SIZES

HERE = Path(__file__).resolve().parent


class Options:
    """What the command line asks for, the peers, and where to say what happens."""

    def __init__(self, quick, rounds, sizes, cells, seconds, peers, cores, dl4j=False, said=print, also=None):
        self.quick, self.rounds, self.sizes, self.cells, self.seconds = quick, rounds, sizes, cells, seconds
        self.peers, self.cores, self.dl4j, self.said = peers, cores, dl4j, said
        self.also = also  # the folder of another JDK that takes its turns, too

    def times(self):
        """Seconds to warm up and to measure."""
        return self.seconds, self.seconds

    def java_times(self):
        """A JVM begins by interpreting; it warms up longer (and until its compiler is quiet, see WarmUp.java)."""
        return max(2, self.seconds), self.seconds

    def threads(self):
        return sorted({1, self.cores})

    def python(self, *names):
        """The Python that has these peers, or None after a sentence."""
        if self.peers.has(*names):
            return self.peers.python[names[0]]
        self.said(f"    {' and '.join(names)}: not installed in the Python of the peers, left out (name another one with --peers PYTHON)")
        return None


def note(measures, name, number, measure):
    measures.setdefault(name, []).append({"round": number, **measure})


def attempt(options, action):
    """A peer that fails is said and left out: it must not end the run."""
    try:
        action()
    except Failure as problem:
        options.said(f"    {problem}")


# ---- training steps ----

def steps(result, options):
    torch, jax = options.python("torch"), options.python("jax")
    dl4j_command = None
    if options.dl4j:
        try:
            dl4j_command = dl4j()
        except Failure as problem:
            options.said(f"    {problem}")
    ours = [(name, dtype, None) for dtype, name in OURS.items()]
    ours += [(name, dtype, options.also) for dtype, name in ALSO.items() if options.also]
    cells = result.setdefault("cells", {})
    for size in options.sizes:
        for cell in options.cells:
            measures, work = cells.setdefault(f"{size} {cell}", {}), [cell, *SIZES[size]]
            own = {name: java("unrolled.bench.StepBench", *work, *options.java_times(), dtype, home=home) for name, dtype, home in ours}
            peers = {}
            for dtype in ("f64", "f32"):
                if torch:
                    peers |= {f"torch {dtype} {threads}": peer(torch, "torch_step.py", *work, *options.times(), dtype, threads)
                              for threads in options.threads()}
                if jax and (cell == "lstm" or not options.quick):
                    peers[f"jax {dtype}"] = peer(jax, "jax_step.py", *work, *options.times(), dtype)
            for number in side_by_side(own, peers, options.rounds, options, partial(note, measures)):
                say_round(f"{size} {cell}", measures, number, options)
            if dl4j_command and cell != "gru":  # it has none
                for number in range(1, options.rounds + 1):
                    for dtype in ("f64", "f32"):
                        for threads in threads_of(f"dl4j {dtype}", measures, number, options):
                            attempt(options, lambda: note(measures, f"dl4j {dtype} {threads}", number, run_json(
                                ["env", f"OMP_NUM_THREADS={threads}", *dl4j_command, *work, *options.java_times(), dtype], "DL4J")))
                    say_round(f"{size} {cell}", measures, number, options, "dl4j")


def side_by_side(own, peers, rounds, options, keep):
    """All of them warm, then each in turn; keep(name, round, what it measured). Yields the number of each round after it."""
    with standing() as contenders:
        for name, command in own.items():
            contenders[name] = Contender(command, name)
        for name, command in peers.items():
            attempt(options, lambda: contenders.update({name: Contender(command, name)}))
        for number in range(1, rounds + 1):
            for name, contender in contenders.items():
                if name in own:
                    keep(name, number, contender.turn())
                else:
                    attempt(options, lambda: keep(name, number, contender.turn()))
            yield number


def say_round(where, measures, number, options, who=""):
    said = ", ".join(f"{name} {each['median']:.3g}" for name, m in measures.items() if name.startswith(who)
                     for each in m if each["round"] == number)
    options.said(f"    round {number}, {where}: {said} ms")


def threads_of(peer, measures, number, options):
    """The first round tries one thread and all cores; the later ones keep the faster of them, to be fair to the peer."""
    if number == 1:
        return options.threads()
    best = fastest({name: m for name, m in measures.items() if name.startswith(peer)})
    return [int(best.split()[-1])] if best else []


def scalar(result, options):
    sizes = [size for size in options.sizes if size in ("S2", "S3")] or ["S2"]
    for number in range(1, options.rounds + 1):
        for size in sizes:
            for cell in options.cells:
                measures = result.setdefault(f"{size} {cell}", {})
                for kernels in ("vector", "scalar"):
                    note(measures, kernels, number, run_json(java("unrolled.bench.StepBench", cell, *SIZES[size], *options.java_times(), "f64",
                                                                  flags=[f"-Dunrolled.kernels={kernels}"]), "StepBench"))
                said = ", ".join(f"{kernels} {m[-1]['median']:.3g} ms" for kernels, m in measures.items())
                options.said(f"    round {number}, {size} {cell}: {said}")


def processes(result, options):
    """Many fresh JVMs, one after the other, precision beside precision: does the compiler come to the same code in each? Each takes turns
    with one that stands all the time, so that a machine that others slow down is not taken for a slow process."""
    for size in [size for size in options.sizes if size in PROCESS_SIZES] or ["S1"]:
        for cell in options.cells:
            measures = result.setdefault(f"{size} {cell}", {})
            commands = {dtype: java("unrolled.bench.StepBench", cell, *SIZES[size], *PROCESS_SECONDS, dtype) for dtype in OURS}
            with standing() as old:
                for dtype, command in commands.items():
                    old[dtype] = Contender(command, "StepBench")
                for number in range(1, workloads.processes(options.quick) + 1):
                    for dtype, name in OURS.items():
                        note(measures, name, number, beside(Contender(commands[dtype], "StepBench"), old[dtype]))
            said = "; ".join(" ".join([name, *(f"{x:.3g}" for x in sorted(each["beside"] for each in m))]) for name, m in measures.items())
            options.said(f"    {size} {cell}, times one that stands: {said}")


def beside(fresh, old):
    """What a fresh process measures, and its time through that of the old one, in turns."""
    try:
        turns = [(fresh.turn(), old.turn()) for _ in range(PROCESS_TURNS)]
    finally:
        fresh.end()
    return {"low": median(own["low"] for own, _ in turns), "beside": median(own["low"] / its["low"] for own, its in turns),
            "mean bytes": max(own["mean bytes"] for own, _ in turns)}


# ---- products and functions ----

def product(result, options):
    torch = options.python("torch")
    quick = ["-wi", "3", "-w", "400ms", "-i", "3", "-r", "100ms"] if options.quick else []
    jobs = [(1, ["-Dunrolled.threads=1"], "ProductBench.ours|FunctionBench|PeakBench" if options.quick else "Bench")]
    if options.cores > 1:
        jobs.append((options.cores, [f"-Dunrolled.threads={options.cores}"], "ProductBench.ours" if options.quick else "ProductBench.[op]"))
    for number in range(1, options.rounds + 1):
        for threads, flags, what in jobs:
            report = BENCH / "jmh.json"
            run(java("org.openjdk.jmh.Main", what, "-rf", "json", "-rff", report, *quick, flags=flags), "JMH")
            take_jmh(result, number, threads, json.loads(report.read_text(encoding="utf-8")))
        for threads in options.threads() if torch else []:
            def measure():
                rates = run_json(peer(torch, "torch_product.py", 0.1 if options.quick else 0.3, threads, *SHAPES), "torch_product.py")
                for dtype, by_shape in rates.items():
                    for shape, rate in by_shape.items():
                        note(result["shapes"].setdefault(shape, {}), f"torch {dtype} {threads}", number, {"median": rate})
            attempt(options, measure)
        said = ", ".join(f"{shape} {m['ours 1'][-1]['median']:.1f}" for shape, m in result["shapes"].items())
        options.said(f"    round {number}: {said} GFLOP/s")


def take_jmh(result, number, threads, report):
    """The medians of JMH's iterations; nanoseconds a call become GFLOP/s."""
    for each in report:
        where, method = each["benchmark"].split(".")[-2:]
        score = median(sum(each["primaryMetric"]["rawData"], []))
        if where == "ProductBench":
            shape = each["params"]["shape"]
            m, k, n = map(int, shape.rstrip("t").split("x"))
            note(result.setdefault("shapes", {}).setdefault(shape, {}), f"{method} {threads}", number, {"median": 2 * m * k * n / score})
        elif where == "FunctionBench":
            note(result.setdefault("functions", {}).setdefault(method, {}), each["params"]["by"], number, {"median": score})
        else:
            result.setdefault("peak", []).append({"round": number, "median": median(sum(each["secondaryMetrics"]["flops"]["rawData"], []))})


# ---- a fresh process ----

def cold(result, options):
    torch, jax = options.python("torch"), options.python("jax")
    arguments = [*COLD, COLD_STEPS]
    # Jar files only: the JVM takes no archive of classes from a folder.
    jar, archive = BENCH / "bench.jar", BENCH / f"cold-{os.getpid()}.jsa"
    with zipfile.ZipFile(jar, "w") as file:
        for each in sorted((HOME / "target" / "test-classes" / "unrolled" / "bench").glob("*.class")):
            file.write(each, f"unrolled/bench/{each.name}")
    path = [*sorted((HOME / "target").glob("unrolled-*.jar")), *sorted((HOME / "target" / "lib").glob("*.jar")), jar]

    def ours(dtype, *flags):
        return java("unrolled.bench.ColdBench", *arguments, dtype, flags=flags, path=path)

    try:
        run(ours("f32", f"-XX:ArchiveClassesAtExit={archive}"), "the JVM that stores its classes")
        for number in range(1, options.rounds + 1):
            for dtype, name in OURS.items():
                for stored, flags in (("", []), (", stored classes", [f"-XX:SharedArchiveFile={archive}", "-Xlog:disable"])):
                    note(result, name + stored, number, {"median": seconds(ours(dtype, *flags), "ColdBench")})
            for dtype in OURS:
                jobs = [(f"torch {dtype} {threads}", peer(torch, "torch_cold.py", *arguments, dtype, threads))
                        for threads in (threads_of(f"torch {dtype}", result, number, options) if torch else [])]
                jobs += [(f"jax {dtype}", peer(jax, "jax_cold.py", *arguments, dtype))] if jax else []
                for name, command in jobs:
                    attempt(options, lambda: note(result, name, number, {"median": seconds(command, command[1].name)}))
            said = ", ".join(f"{name} {m[-1]['median']:.2f} s" for name, m in result.items() if m[-1]["round"] == number)
            options.said(f"    round {number}: {said}")
    finally:
        archive.unlink(missing_ok=True)


# ---- one step at a time ----

def inference(result, options):
    """In turns of a tenth of the seconds, but ten times as many: a step takes microseconds."""
    torch, onnx = options.python("torch"), options.python("onnxruntime", "onnx")
    a_turn, (peer_warm, _), (warm, _) = options.seconds / INFERENCE_TURNS, options.times(), options.java_times()
    own = {name: java("unrolled.bench.InferenceBench", *INFERENCE, warm, a_turn, dtype, flags=["-Dunrolled.threads=1"]) for dtype, name in OURS.items()}
    peers = {f"torch {dtype}": peer(torch, "torch_inference.py", *INFERENCE, peer_warm, a_turn, dtype) for dtype in ("f64", "f32") if torch}
    peers |= {"onnxruntime f32": peer(onnx, "onnx_step.py", *INFERENCE, peer_warm, a_turn)} if onnx else {}

    def keep(name, number, measured):
        for what, figures in measured.items():
            note(result.setdefault(what, {}), name, number, figures)

    for number in side_by_side(own, peers, INFERENCE_TURNS * options.rounds, options, keep):
        if number % INFERENCE_TURNS == 0:
            latest = {name: [each for each in m if each["round"] > number - INFERENCE_TURNS] for name, m in result["step"].items()}
            said = ", ".join(f"{name} {middle(m):.1f} µs" for name, m in latest.items() if m)
            options.said(f"    round {number // INFERENCE_TURNS}: {said}")


# ---- growth ----

def growth(result, options):
    for number in range(1, options.rounds + 1):
        for what, values in GROWTH.items():
            for value in values[:3] if options.quick else values:
                size = {**GROWTH_FROM, what: value}
                work = ["lstm", *(size[name] for name in "BTDH"), *options.java_times(), "f64"]
                note(result.setdefault(what, {}), str(value), number, run_json(java("unrolled.bench.StepBench", *work), "StepBench"))
            options.said(f"    round {number}, {what}: " + ", ".join(f"{v} {m[-1]['median']:.3g} ms" for v, m in result[what].items()))


# ---- in a notebook ----

def kernel(result, options):
    cell = HERE / "training_cell.txt"
    lines = cell.read_text(encoding="utf-8").splitlines()
    imports = [line for line in lines if line.startswith("import ")]
    plain = BENCH / "TrainingCell.java"
    plain.write_text("\n".join([*imports, "class TrainingCell {", "    public static void main(String[] args) {",
                                *(line for line in lines if line not in imports), "    }", "}", ""]), encoding="utf-8")
    path = [*sorted((HOME / "target").glob("unrolled-*.jar")), *sorted((HOME / "target" / "lib").glob("*.jar"))]
    for number in range(1, options.rounds + 1):
        note(result, "plain JVM", number, run_json(java(plain, path=path), "the training run in a plain JVM"))
        note(result, "kernel", number, run_json([sys.executable, HERE / "kernel_run.py", cell], "the training run in the kernel"))
        options.said(f"    round {number}: " + ", ".join(f"{name} {m[-1]['seconds']:.2f} s" for name, m in result.items()))


# ---- memory of the lessons ----

def memory(result, options):
    records = sorted((HOME / "target" / "notebooks").glob("[0-9][0-9]*-*.json"))
    for record in records:
        figures = json.loads(record.read_text(encoding="utf-8"))
        name = re.sub(r"\.ipynb$", "", figures["lesson"]) + (" (solved)" if figures["solved"] else "")
        result[name] = {"mb": figures["mb"], "seconds": figures["seconds"]}
    if not records:
        options.said("    no lesson has been run yet: ./unrolled run measures them, then call this again")


PARTS = {"steps": steps, "processes": processes, "product": product, "cold": cold, "inference": inference, "growth": growth, "kernel": kernel, "scalar": scalar,
         "memory": memory}
