"""Looks at a built image from outside: what a learner, Binder and a class may count on. Standard Python alone, no package.

    image_check.py IMAGE [NN ...] [--no-lessons] [--solved]      NN: lessons to run (all, when none is named)
    taskset -c 0 image_check.py IMAGE                            on one processor, as on Binder (buildah)

Every container here has no network, a root that cannot be written to, and a mounted folder and /tmp that can. Docker runs it where its
engine answers; else buildah's copy of the image is entered with chroot and namespaces (as root, on Linux). Exit 3 where neither is there.
Writes a line for each check and "N passed, N failed"; exit 1 if one failed.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MOST_MB = 1200
BINDER_MB = 2048
START_SECONDS = 10
STOP_SECONDS = 5
COURSE_SECONDS = 3600
USER = 1000


def output(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=True, **options).stdout.strip()


# Runs inside, with what the image has: a kernel answers its first cells, then one that never ends is left running.
FIRST_CELLS = r"""
import json, pathlib, re, sys, time, urllib.request, uuid, websocket
begin = time.monotonic()
request = urllib.request.Request("http://127.0.0.1:8888/api/kernels", data=b'{"name": "java"}', headers={"Authorization": "token secret"})
kernel = json.load(urllib.request.urlopen(request, timeout=120))["id"]
socket = websocket.create_connection(f"ws://127.0.0.1:8888/api/kernels/{kernel}/channels?token=secret", timeout=300)
def execute(code, wait=True):
    header = {"msg_id": uuid.uuid4().hex, "username": "", "session": "check", "msg_type": "execute_request", "version": "5.3"}
    socket.send(json.dumps({"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "buffers": [],
                            "content": {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}}))
    shown = ""
    while wait:
        message = json.loads(socket.recv())
        if message["parent_header"].get("msg_id") == header["msg_id"]:
            shown += message["content"].get("data", {}).get("text/plain", "")
            if message["msg_type"] == "execute_reply":
                return shown, message["content"]["status"]
lesson = json.load(open(sys.argv[1]))
cells = ["".join(cell["source"]) for cell in lesson["cells"] if cell["cell_type"] == "code"]
imported = execute(cells[0])
first = time.monotonic() - begin
five = execute("2 + 3")
execute("while (true) { }", wait=False)
time.sleep(2)
mb = 0
for process in pathlib.Path("/proc").glob("[0-9]*"):
    try:
        mb += int(re.search(r"^Pss:\s+(\d+)", (process / "smaps_rollup").read_text(), re.M)[1]) / 1024
    except OSError:
        pass
print(json.dumps({"first": first, "right": [imported[1], *five] == ["ok", "5", "ok"], "mb": mb}))
"""


class Docker:
    name = "docker"

    def __init__(self, image):
        self.image, self.count = image, 0
        self.config = json.loads(output("docker", "image", "inspect", image))[0]["Config"]
        self.mb = int(output("docker", "image", "inspect", "--format", "{{.Size}}", image)) / 1e6

    def start(self, folder, command, env=()):
        self.count += 1
        name = f"unrolled-check-{os.getpid()}-{self.count}"
        options = [item for pair in env for item in ("-e", pair)]
        return Container(subprocess.Popen(["docker", "run", "--rm", "--name", name, "--network", "none", "--read-only", "--tmpfs", "/tmp",
                                           "-v", f"{folder}:{self.my()}", *options, self.image, *command],
                                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True),
                         ["docker", "exec", name], ["docker", "kill", "--signal", "TERM", name], ["docker", "rm", "--force", name])

    def my(self):
        return dict(item.split("=", 1) for item in self.config["Env"])["UNROLLED_MY"]

    def end(self):
        pass


class Buildah:
    """The image's files under a root of its own: its mounts, processes and network are new, and its first process is the image's."""
    name = "buildah, chroot and namespaces"
    ENTER = r"""
        set -e
        root=$1 folder=$2 place=$3; shift 3
        mount --bind "$root" "$root"; mount -o remount,bind,ro "$root"
        mount -t tmpfs -o noexec,nosuid,nodev tmpfs "$root/tmp"; chmod 1777 "$root/tmp"
        mount --bind "$folder" "$root$place"; mount -t proc proc "$root/proc"
        mount -t tmpfs tmpfs "$root/dev"; mkdir "$root/dev/shm"; chmod 1777 "$root/dev/shm"
        for device in null zero full random urandom tty; do touch "$root/dev/$device"; mount --bind /dev/$device "$root/dev/$device"; done
        ln -s /proc/self/fd "$root/dev/fd"
        ip link set lo up 2>/dev/null || true
        exec env -i "$@"
    """

    def __init__(self, image):
        self.container = output("buildah", "from", "--pull-never", image)
        self.root = output("buildah", "mount", self.container)
        self.config = json.loads(output("buildah", "inspect", "--type", "image", image))["Docker"]["config"]
        self.mb = int(output("du", "-sxb", self.root).split()[0]) / 1e6

    def my(self):
        return dict(item.split("=", 1) for item in self.config["Env"])["UNROLLED_MY"]

    def start(self, folder, command, env=()):
        inside = ["chroot", f"--userspec={USER}:{USER}", self.root, "env", "-C", self.config["WorkingDir"], *self.config["Env"], *env]
        process = subprocess.Popen(["unshare", "--mount", "--net", "--pid", "--ipc", "--uts", "--fork", "--kill-child", "bash", "-c", self.ENTER, "enter", self.root, str(folder),
                                    self.my(), f"PATH={os.environ['PATH']}", *inside, *(self.config["Entrypoint"] or []), *command],
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        first = None
        while first is None and process.poll() is None:  # unshare's child is the container's first process
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            first = children[0] if children else time.sleep(0.02)
        enter = ["nsenter", "-t", first or "0", "-m", "-n", "-p", "-i", "env", "-i", f"PATH={os.environ['PATH']}", *inside]
        return Container(process, enter, ["kill", "-TERM", first or "0"], ["kill", "-KILL", str(process.pid)])

    def end(self):
        subprocess.run(["buildah", "rm", self.container], capture_output=True)


class Container:
    def __init__(self, process, inside, terminate, kill):
        self.process, self.prefix, self.terminate, self.kill = process, inside, terminate, kill

    def inside(self, *command, seconds=120):
        return subprocess.run([*self.prefix, *command], capture_output=True, text=True, timeout=seconds)

    def stop(self):
        """Seconds from SIGTERM to the end."""
        begin = time.monotonic()
        subprocess.run(self.terminate, capture_output=True)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.remove()
        return time.monotonic() - begin

    def remove(self):
        if self.process.poll() is None:
            subprocess.run(self.kill, capture_output=True)
        self.process.communicate()


class Checks:
    def __init__(self, engine):
        self.engine, self.passed, self.failed = engine, 0, 0
        self.healthcheck = (engine.config.get("Healthcheck") or {}).get("Test", [])[1:]
        self.folder = Path(tempfile.mkdtemp(prefix="unrolled-image-"))
        if os.geteuid() == 0:
            os.chown(self.folder, USER, USER)
        else:
            self.folder.chmod(0o777)

    def expect(self, what, holds, seen=""):
        self.passed, self.failed = self.passed + bool(holds), self.failed + (not holds)
        print(f"  {'ok    ' if holds else 'FAILED'} {what}{f' ({seen})' if seen != '' else ''}", flush=True)

    def answers(self, container, seconds=60):
        """Seconds until the image's own health check is content, or None."""
        begin = time.monotonic()
        while time.monotonic() - begin < seconds and container.process.poll() is None:
            if container.inside(*self.healthcheck).returncode == 0:
                return time.monotonic() - begin
            time.sleep(0.1)
        return None

    def ask(self, container, path, token=""):
        code = ("import sys, urllib.request, urllib.error\nrequest = urllib.request.Request('http://127.0.0.1:8888' + sys.argv[1])\n"
                "if sys.argv[2]: request.add_header('Authorization', 'token ' + sys.argv[2])\n"
                "try: reply = urllib.request.urlopen(request, timeout=60); print(reply.status, reply.read().decode())\nexcept urllib.error.HTTPError as e: print(e.code)")
        return container.inside("python", "-c", code, path, token).stdout.strip()

    def image(self):
        config = self.engine.config
        self.expect(f"at most {MOST_MB} MB", self.engine.mb <= MOST_MB, f"{self.engine.mb:.0f} MB")
        self.expect("its user is not root", config["User"].split(":")[0] not in ("", "0", "root"), config["User"])
        self.expect("it has a health check", len(self.healthcheck) > 0)

    def lab(self):
        """What the README's line starts."""
        container = self.engine.start(self.folder, self.engine.config["Cmd"], ["JUPYTER_TOKEN=secret"])
        try:
            seconds = self.answers(container)
            if seconds is None:
                container.remove() if container.process.poll() is None else None
                return self.expect("JupyterLab answers", False, "it does not within a minute")
            self.expect(f"JupyterLab answers within {START_SECONDS} s", seconds <= START_SECONDS, f"{seconds:.1f} s")
            self.expect(f"it runs as user {USER}", container.inside("id", "-u").stdout.strip() == str(USER))
            self.expect("the root cannot be written to", all(container.inside("touch", f"{place}/x").returncode for place in ("/opt/unrolled", "/opt/unrolled/target", "/usr")))
            self.expect("there is no network", container.inside("python", "-c", "import socket; socket.create_connection(('192.0.2.1', 80), 3)").returncode != 0)
            self.expect("without the token nothing is shown", self.ask(container, "/api/contents") == "403")
            listed = self.ask(container, "/api/contents", "secret")
            self.expect("with it the lessons are", "00-start-here.ipynb" in listed)
            self.expect("Java is the one kernel on offer", list(json.loads(self.ask(container, "/api/kernelspecs", "secret").partition(" ")[2])["kernelspecs"]) == ["java"])
            said = container.inside("python", "-c", FIRST_CELLS, f"{self.engine.my()}/00-start-here.ipynb", seconds=600)
            first = json.loads(said.stdout) if said.returncode == 0 else {"first": 0, "right": False, "mb": 0}
            self.expect("a kernel answers its first cells", first["right"], f"the imports after {first['first']:.1f} s {said.stderr[-200:]}")
            self.expect(f"server and kernel hold less than {BINDER_MB} MB", first["mb"] < BINDER_MB, f"{first['mb']:.0f} MB")
            seconds = container.stop()
            self.expect(f"SIGTERM ends all of it within {STOP_SECONDS} s, while a cell runs", seconds <= STOP_SECONDS, f"{seconds:.1f} s")
        finally:
            container.remove()

    def other_starts(self):
        """Binder and JupyterHub put a command of their own in place of the image's."""
        for command in (["jupyter-lab", "--ip=127.0.0.1", "--port=8888", "--no-browser"], ["jupyter", "notebook", "--ip=127.0.0.1", "--port=8888", "--no-browser"]):
            container = self.engine.start(self.folder, command)
            self.expect(f"{' '.join(command[:2])} answers", self.answers(container) is not None)
            container.stop()
            container.remove()
        foreign = Path(tempfile.mkdtemp(prefix="unrolled-image-"))  # of root, closed to others, as Docker makes a folder that is not there
        foreign.chmod(0o755)
        container = self.engine.start(foreign, self.engine.config["Cmd"])
        said, _ = container.process.communicate(timeout=60)
        self.expect("a folder that cannot be written to gets one sentence", container.process.returncode == 2 and "cannot be written" in said and "mkdir -p my" in said
                    and len(said.splitlines()) <= 2, said.strip().splitlines()[0][:60] if said.strip() else "")
        shutil.rmtree(foreign)

    def archive(self):
        code = ("import json, os, sys\nspec = json.load(open(sys.prefix + '/share/jupyter/kernels/java/kernel.json'))\n"
                "os.execve(spec['argv'][0], [*spec['argv'][:-2], '-Xlog:class+load', spec['argv'][-2]], {**os.environ, **spec['env']})")
        container = self.engine.start(self.folder, ["python", "-c", code])
        said, _ = container.process.communicate(timeout=120)
        self.expect("the kernel starts from its archive of classes", "unrolled.notebook.kernel.Main source: shared objects file (top)" in said)

    def lessons(self, numbers, solved):
        begin = time.monotonic()
        container = self.engine.start(self.folder, ["/opt/unrolled/unrolled", "run", *numbers, *(["--solved"] if solved else [])])
        said = []
        for line in container.process.stdout:
            said.append(line)
            print(f"         {line}", end="", flush=True)
        container.process.wait()
        # Its own time bars hold for an idle machine; here it counts that every cell ran and every check was right.
        wrong = [line for line in said if line.startswith("    ") and "its budget is" not in line]
        done = re.search(r"^(\d+) lessons in", "".join(said), re.MULTILINE)
        self.expect(f"the lessons run{' with all solutions' if solved else ''}", bool(done) and int(done[1]) > 0 and not wrong, f"{time.monotonic() - begin:.0f} s")
        self.expect("within an hour", time.monotonic() - begin <= COURSE_SECONDS)


def engine(image):
    if shutil.which("docker") and subprocess.run(["docker", "info"], capture_output=True).returncode == 0:
        return Docker(image)
    if shutil.which("buildah") and shutil.which("unshare") and os.geteuid() == 0:
        return Buildah(image)
    print("skipped: neither a Docker engine nor buildah with root is here.")
    sys.exit(3)


def main(arguments):
    options, (image, *numbers) = {a for a in arguments if a.startswith("--")}, [a for a in arguments if not a.startswith("--")] or [""]
    if not image or options - {"--no-lessons", "--solved"}:
        sys.exit("unrolled: which image? Say for instance: image_check.py unrolled 00 04")
    checks = Checks(engine(image))
    print(f"{image}, by {checks.engine.name}", flush=True)
    try:
        for part in (checks.image, checks.lab, checks.other_starts, checks.archive):
            part()
        if "--no-lessons" not in options:
            checks.lessons(numbers, "--solved" in options)
    finally:
        shutil.rmtree(checks.folder, ignore_errors=True)
        checks.engine.end()
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
