"""Where a measurement was made: the machine, the JVM, and the peers that are installed."""
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from children import Failure, run, run_json

HOME = Path(__file__).resolve().parents[3]
BENCH = HOME / "target" / "bench"
PEERS = ("torch", "jax", "onnxruntime", "onnx")
FLAGS = ("--add-modules", "jdk.incubator.vector")
PROBE = """
import json, sys
from importlib import metadata, util
found = {}
for name in sys.argv[1:]:
    if util.find_spec(name):
        found[name] = metadata.version(name)
print(json.dumps(found))
"""


def cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def processor():
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        model = re.search(r"^model name\s*:\s*(.+)$", cpuinfo.read_text(), re.M)
        if model:
            return model[1].strip()
    if sys.platform == "darwin":
        return subprocess.run(["sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True).stdout.strip()
    return platform.processor() or platform.machine()


def java(main, *arguments, flags=(), path=None, home=None):
    """A command of the JDK that the launcher has chosen, or of that in home. On the test class path, unless another one is given."""
    path = path or [HOME / "target" / "test-classes", HOME / "target" / "classes", (BENCH / "classpath").read_text().strip()]
    return [Path(home or os.environ["JAVA_HOME"]) / "bin" / "java", *FLAGS, *flags, "-cp", os.pathsep.join(map(str, path)), main, *arguments]


def peer(name, script, *arguments):
    return [name, Path(__file__).resolve().parent / script, *arguments]


def dl4j():
    """The start of a command that runs DL4J; its libraries, for this platform alone, are downloaded the first time."""
    path = BENCH / "dl4j-classpath"
    folder = Path(__file__).resolve().parent / "dl4j"
    if not path.exists() or path.stat().st_mtime < (folder / "pom.xml").stat().st_mtime:
        run(["mvn", "-q", "-B", "-f", folder / "pom.xml", "dependency:build-classpath", f"-Dmdep.outputFile={path}",
             "-Djavacpp.platform.custom", "-Djavacpp.platform.host"], "the download of DL4J")
    return [Path(os.environ["JAVA_HOME"]) / "bin" / "java", "-cp", path.read_text().strip(), folder / "Dl4jStep.java"]


class Peers:
    """For each peer the first Python that has it."""

    def __init__(self, wish):
        candidates = [wish] if wish else [shutil.which("python3"), sys.executable]
        self.python, self.versions = {}, {}
        for candidate in filter(None, candidates):
            try:
                found = run_json([candidate, "-c", PROBE, *PEERS], f"the Python of the peers, {candidate},")
            except Failure:
                if wish:
                    raise
                continue
            for name, version in found.items():
                self.python.setdefault(name, candidate)
                self.versions.setdefault(name, version)

    def has(self, *names):
        return all(name in self.python for name in names) and len({self.python[name] for name in names}) == 1


def jvm(home=None):
    return run_json(java("unrolled.bench.Facts", home=home), f"the JVM in {home}" if home else "the JVM")


def facts(peers):
    options = os.environ.get("JAVA_TOOL_OPTIONS")
    return {"date": time.strftime("%Y-%m-%d %H:%M"), "processor": processor(), "cores": cores(), "system": platform.platform(),
            "load before": round(os.getloadavg()[0], 2), **jvm(), **({"JAVA_TOOL_OPTIONS": options} if options else {}),
            "peers": peers.versions}
