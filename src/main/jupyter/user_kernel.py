"""Makes the course's kernel known to every JupyterLab of this user, and to VS Code.

    user_kernel.py            installs it, or renews what is installed
    user_kernel.py --remove   removes it

The lessons ask for a kernel of the name "java". If another program's kernel has that name, it stays, and ours gets another.
"""
import json
import os
import sys
from pathlib import Path

from configure import KERNEL_JSON, write

NAME, OTHER_NAME = "java", "unrolled"
DISPLAY = "Java (Unrolled)"


def places():
    """The folders in which this user's programs look for kernels, the user's own first; without that of .venv, which only the launcher uses."""
    # The launcher sets it for its own JupyterLab. Others, and VS Code, look where Jupyter has always looked.
    os.environ.pop("JUPYTER_PLATFORM_DIRS", None)
    from jupyter_core.paths import jupyter_data_dir, jupyter_path
    own = Path(jupyter_data_dir()) / "kernels"
    return [own, *(Path(p) for p in jupyter_path("kernels") if Path(p) != own and not Path(p).is_relative_to(sys.prefix))]


def home_of(folder):
    """The course's folder that the kernelspec in this folder belongs to; "" if it is another program's, None if there is none."""
    try:
        spec = json.loads((folder / "kernel.json").read_text(encoding="utf-8"))
        return spec["env"]["UNROLLED_HOME"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def installed():
    """Our own in the user's folder."""
    own = places()[0]
    return [own / name for name in (NAME, OTHER_NAME) if home_of(own / name)]


def renew(spec):
    """The paths in what is installed follow the course: a newer version, another JDK, a folder that was moved."""
    for folder in installed():
        home = home_of(folder)
        if home == spec["env"]["UNROLLED_HOME"] or not Path(home).exists():
            write(folder / "kernel.json", {**spec, "display_name": DISPLAY})


def remove(folder):
    (folder / "kernel.json").unlink()
    if not any(folder.iterdir()):
        folder.rmdir()


def install(spec):
    own, *others = places()
    foreign = next((place / NAME for place in [own, *others] if home_of(place / NAME) == ""), None)
    name = OTHER_NAME if foreign else NAME
    folder = own / name
    before = home_of(folder)
    if before == "":
        raise OSError(f"{folder} holds a kernel of another program; it stays as it is. Move it away, then run this again.")
    write(folder / "kernel.json", {**spec, "display_name": DISPLAY})
    for old in installed():
        if old != folder:
            remove(old)
    print(f'Installed "{DISPLAY}" in {folder}: every JupyterLab of yours and VS Code list it.')
    if before and before != spec["env"]["UNROLLED_HOME"]:
        print(f"It ran the course in {before} before; now it runs the one in {spec['env']['UNROLLED_HOME']}.")
    if foreign:
        print(f'The kernel "{NAME}" in {foreign} is another program\'s and stays as it is. A lesson asks for "{NAME}" and would open with that one:\n'
              f'choose "{DISPLAY}" from the list of kernels, once a lesson.')
    else:
        print("A lesson opens with it by itself. JupyterLab and VS Code that run already see it after a restart.")
    print("To undo it: ./unrolled kernel --remove")


def remove_all():
    found = installed()
    for folder in found:
        remove(folder)
        print(f"Removed the kernel from {folder}.")
    if not found:
        own = places()[0]
        other = f"; the kernel in {own / NAME} is another program's and stays" if home_of(own / NAME) == "" else ""
        print(f"No kernel of the course is installed in {own}{other}.")


def main(arguments):
    if arguments == ["--remove"]:
        remove_all()
    elif not arguments:
        install(json.loads((Path(sys.prefix) / KERNEL_JSON).read_text(encoding="utf-8")))
    else:
        print(f"\nunrolled: {arguments[0]!r} is no option; say ./unrolled kernel, or ./unrolled kernel --remove", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except OSError as problem:
        print(f"\nunrolled: the kernel's description could not be changed: {problem}", file=sys.stderr)
        sys.exit(2)
