"""Makes the Python environment fit for the course.

    configure.py JAVA_HOME HOME [KERNEL_JAR]   writes the kernelspec, the settings of JupyterLab and its extension for figures
    configure.py --archive                     stores the classes that the kernel loads at its start
    configure.py --check REQUIREMENTS          exit 1 if a package has another version, or a file of it is missing or cut short
    configure.py --port N                      exit 1 if the port is taken
"""
import csv
import hashlib
import json
import os
import socket
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

from course import replace

HERE = Path(__file__).resolve().parent
KERNEL_JSON = "share/jupyter/kernels/java/kernel.json"
# JJava reaches into JShell and dies at its start without this; its own launcher adds it, its jar does not ask for it.
# What a jar does ask for in its manifest (Add-Opens, Add-Exports) java -jar grants by itself.
OPENS = ["--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED"]


def check(requirements):
    """A file that pip wrote must still be there with its length: an import alone would not notice a file cut short."""
    lines = Path(requirements).read_text(encoding="utf-8").splitlines()
    for name, version in (line.split("==") for line in lines if "==" in line and not line.startswith("#")):
        package = metadata.distribution(name)
        if package.version != version.strip():
            raise OSError(f"{name} is {package.version}, not {version.strip()}")
        root = Path(package.locate_file(""))
        for path, _, size in csv.reader((package.read_text("RECORD") or "").splitlines()):
            if size and not path.endswith(".pyc") and os.path.getsize(root / path) != int(size):
                raise OSError(f"{path} of {name} is not as it was installed")


def port_is_free(port):
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as probe:
                probe.settimeout(1)
                if probe.connect_ex((host, port)) == 0:
                    return False
        except OSError:
            pass  # no such family on this machine
    return True


def check_jar(jar):
    """A ValueError says in a sentence why java -jar would not start a kernel from it."""
    try:
        with zipfile.ZipFile(jar) as opened:
            manifest = opened.read("META-INF/MANIFEST.MF").decode("utf-8", "replace").replace("\r\n", "\n").replace("\n ", "")
    except zipfile.BadZipFile as damaged:
        raise ValueError(f"{jar} is no jar file, or it is damaged ({damaged}). Name the jar of a Java kernel, such as IJava's or JJava's.") from damaged
    except KeyError:
        manifest = ""
    found = next((line.partition(":")[2].strip() for line in manifest.splitlines() if line.lower().startswith("main-class:")), "")
    if not found:
        raise ValueError(f"{jar} is a jar file that cannot be started: its manifest names no Main-Class. "
                         "Name the jar that the kernel's own kernel.json starts.")
    if found.endswith(".KernelLauncher"):
        raise ValueError(f"{jar} is only the launcher of JJava. Name the kernel beside it: {Path(jar).with_name('jjava.jar')}")


def kernelspec(java_home, home, jar):
    """The kernel of the build, or the one in a jar: IJava and JJava read their class path from variables of their own."""
    # Jar files only: the JVM takes no archive of classes (-XX:SharedArchiveFile) from a folder.
    class_path = [*sorted((home / "target").glob("unrolled-*.jar")), *sorted((home / "target" / "lib").glob("*.jar"))]
    java = str(Path(java_home) / "bin" / "java")

    def fill(value):
        if isinstance(value, str):
            for mark, text in (("@JAVA@", java), ("@HOME@", str(home)),
                               ("@CLASSPATH@", os.pathsep.join(map(str, [*class_path, *sorted((home / "target" / "kernel").glob("*.jar"))])))):
                value = value.replace(mark, text)
            return value
        if isinstance(value, list):
            return [fill(item) for item in value]
        if isinstance(value, dict):
            return {key: fill(item) for key, item in value.items()}
        return value

    spec = fill(json.loads((HERE / "kernel.json.in").read_text(encoding="utf-8")))
    if jar:
        main = next(i for i, argument in enumerate(spec["argv"]) if argument.endswith("kernel.Main"))
        check_jar(jar)
        spec["argv"][main:main + 1] = [*OPENS, "-jar", str(Path(jar).resolve())]
        del spec["env"]["CLASSPATH"]
        for variable in ("IJAVA_CLASSPATH", "JJAVA_CLASSPATH"):
            spec["env"][variable] = os.pathsep.join(map(str, class_path))
    return spec


def archive():
    """Runs some cells with the kernel's own options and class path, which an archive must share to be of use."""
    spec = json.loads((Path(sys.prefix) / KERNEL_JSON).read_text(encoding="utf-8"))
    command = [argument.replace("SharedArchiveFile", "ArchiveClassesAtExit") for argument in spec["argv"][:-2]]
    return subprocess.run([*command, "unrolled.notebook.kernel.Rehearsal"], env={**os.environ, **spec["env"]}).returncode


def write(path, value):
    """Never half a file: another JupyterLab may be reading it."""
    text = value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    replace(path, text.encode())


def extension(prefix):
    """The extension that makes figures fit their cells. Its name holds its contents' hash, so that no browser keeps an old one."""
    source, place = (HERE / "figures.js").read_text(encoding="utf-8"), prefix / "share/jupyter/labextensions/unrolled-figures"
    name = f"figures.{hashlib.sha256(source.encode()).hexdigest()[:12]}.js"
    write(place / "static" / name, source)
    write(place / "package.json", {"name": "unrolled-figures", "version": "1.0.0", "license": "Apache-2.0", "description": "Figures fit their cells",
                                   "jupyterlab": {"extension": True, "_build": {"load": f"static/{name}", "extension": "./extension"}}})
    for old in (place / "static").glob("figures.*.js"):
        if old.name != name:
            old.unlink(missing_ok=True)


def configure(java_home, home, jar):
    prefix = Path(sys.prefix)
    extension(prefix)
    spec = kernelspec(java_home, Path(home), jar)
    write(prefix / KERNEL_JSON, spec)
    if not jar:
        from user_kernel import renew
        renew(spec)
    write(prefix / "share/jupyter/lab/settings/overrides.json", json.loads((HERE / "overrides.json").read_text(encoding="utf-8")))
    # Java is the one kernel on offer; the Python kernel comes along with JupyterLab and would only confuse.
    write(prefix / "etc/jupyter/jupyter_server_config.json", {
        "KernelSpecManager": {"allowed_kernelspecs": ["java"], "ensure_native_kernel": False},
        "MultiKernelManager": {"default_kernel_name": "java"},
        # By its own limits (1,000 messages or 1 MB a second) the server drops what a cell shows, with a warning that few see. The kernel
        # limits what a cell may show, and says so.
        "ZMQChannelsWebsocketConnection": {"iopub_msg_rate_limit": 0, "iopub_data_rate_limit": 0},
    })


if __name__ == "__main__":
    if sys.argv[1] == "--check":
        try:
            check(sys.argv[2])
        except Exception as broken:
            sys.exit(f"{broken}")
    elif sys.argv[1:] == ["--archive"]:
        sys.exit(archive())
    elif sys.argv[1] == "--port":
        sys.exit(0 if port_is_free(int(sys.argv[2])) else 1)
    else:
        try:
            configure(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "")
        except ValueError as problem:
            print(f"\nunrolled: {problem}", file=sys.stderr)
            sys.exit(2)
