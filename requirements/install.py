"""Sets up this machine for the project: Python packages from the hashed locks, libraries from the system.

    python3 requirements/install.py run    # what the product needs
    python3 requirements/install.py test   # and what its tests need
    python3 requirements/install.py ner    # what the product needs, and the optional recogniser of names
    python3 requirements/install.py lock   # writes the locks anew from pyproject.toml

Needs nothing but Python's own library. What is there already is left alone: a second call takes a moment.
"""

import ctypes
import ctypes.util
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PIP = ROOT / "requirements" / "pip.txt"
LOCKS = {
    "run": ROOT / "requirements" / "run.txt",
    "test": ROOT / "requirements" / "dev.txt",
    "ner": ROOT / "requirements" / "ner.txt",
}
STAMP = VENV / "installed-from.json"

# What WeasyPrint loads, and the Debian package that brings it.
LIBRARIES = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
# Programs that the tests call, and the Debian package that brings each.
PROGRAMS = {
    "chromium-headless-shell": "chromium-headless-shell",
    "docker-compose": "docker-compose",
    "initdb": "postgresql",
    "pdftoppm": "poppler-utils",
    "qpdf": "qpdf",
    "redis-server": "redis-server",
}
# Chromium without its windows takes a third of the time. Where this cannot be installed, the whole one serves.
SPARED = ["chromium-headless-shell"]


def main(what: str) -> None:
    """Do one of `run`, `test`, `ner`, `lock`; ends the process with a sentence when a person has to act."""
    if what == "lock":
        return lock()
    if not (3, 11) <= sys.version_info[:2] < (3, 14):
        sys.exit(
            f"Python 3.11, 3.12 or 3.13 is needed; this is {sys.version.split()[0]}. Try: make {what} PYTHON=python3.12"
        )
    missing = missing_packages(what)
    if importlib.util.find_spec("ensurepip") is None:
        install_system_packages(["python3-venv"], what)
    installing = start_system_packages(missing, what) if missing else None
    install_locked(what)
    if installing and installing.wait() and not _can_do_without(missing_packages(what)):
        sys.exit(f"Installing {' '.join(missing)} failed: see above.")
    return None


def missing_packages(what: str) -> list[str]:
    """The Debian packages whose library or program is not there."""
    missing = [package for library, package in LIBRARIES.items() if not _loads(library)]
    if what == "test":
        missing += [package for program, package in PROGRAMS.items() if not find_program(program)]
    return [] if _can_do_without(missing) and _how_to_install() is None else missing


def _can_do_without(missing: list[str]) -> bool:
    return not missing or (missing == SPARED and find_program("chromium") is not None)


def find_program(name: str) -> str | None:
    """Where a program is; PostgreSQL's server programs lie beside the search path on Debian."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    return shutil.which(name) or next((str(found) for folder in folders if (found := folder / name).exists()), None)


def _loads(library: str) -> bool:
    stem = library.removeprefix("lib").split(".so")[0]
    try:
        ctypes.CDLL(library)
    except OSError:
        return ctypes.util.find_library(stem) is not None
    return True


def _how_to_install() -> list[str] | None:
    """What stands before `apt-get`; None where nobody asks for it without a password, or it is not there."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    refused = prefix and (not shutil.which("sudo") or subprocess.run([*prefix, "true"], check=False).returncode)
    return None if refused or not shutil.which("apt-get") else prefix


def install_system_packages(packages: list[str], what: str) -> None:
    """Install and wait."""
    if start_system_packages(packages, what).wait():
        sys.exit(f"Installing {' '.join(packages)} failed: see above.")


def start_system_packages(packages: list[str], what: str) -> "subprocess.Popen[bytes]":
    """Begin to install Debian packages, or say the one line that does it and stop."""
    by_hand = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get"):
        sys.exit(
            "These are missing and this is not Debian or Ubuntu: install the equivalents of\n"
            f"  {' '.join(packages)}\nand type `make {what}` again."
        )
    prefix = _how_to_install()
    if prefix is None:
        sys.exit(f"Some system packages are missing. Type this once, then `make {what}` again:\n  sudo {by_hand}")
    print(f"Installing from the system's packages: {' '.join(packages)}", flush=True)
    # RUNLEVEL=1: a package that is a service is not started; the tests start servers of their own.
    script = (
        "export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1; apt-get -qq update && "
        f"apt-get -qq -y -o Dpkg::Use-Pty=0 install --no-install-recommends {' '.join(packages)} >/dev/null"
    )
    return subprocess.Popen([*prefix, "sh", "-c", script], stdin=subprocess.DEVNULL)


def install_locked(what: str) -> None:
    """Bring `.venv` to the lock's state, unless the same lock was installed before."""
    python = VENV / "bin" / "python"
    if not python.exists():
        print("Making the virtual environment .venv", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    wanted = hashlib.sha256(LOCKS[what].read_bytes()).hexdigest()
    installed = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    if installed.get(what) == wanted:
        return
    print(f"Installing the Python packages of {LOCKS[what].relative_to(ROOT)}", flush=True)
    # An installer of today first: the one that comes with Python 3.11 takes three times as long. Without `--no-compile`
    # it would compile every module of every package; Python compiles those that are imported.
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "--no-compile"]
    for locked in (PIP, LOCKS[what]):
        subprocess.run([*pip, "--require-hashes", "-r", str(locked)], check=True, stdin=subprocess.DEVNULL)
    if what == "test":  # the tests' lock holds the product's, in the same versions (tests/services hold it to that)
        installed["run"] = hashlib.sha256(LOCKS["run"].read_bytes()).hexdigest()
    STAMP.write_text(json.dumps({**installed, what: wanted}))


def lock() -> None:
    """Resolve pyproject.toml into the lock files, for every supported Python and system, with hashes."""
    with tempfile.TemporaryDirectory() as scratch:
        uv = shutil.which("uv")
        if uv is None:
            subprocess.run([sys.executable, "-m", "venv", scratch], check=True)
            subprocess.run([f"{scratch}/bin/pip", "install", "--quiet", "uv"], check=True)
            uv = f"{scratch}/bin/uv"
        # No address of a package index is written into the files, and no header with this machine's command line.
        shape = ["--universal", "--python-version=3.11", "--generate-hashes", "--no-emit-index-url", "--no-header"]
        for what, group in (("run", []), ("test", ["--group=dev"]), ("ner", ["--extra=ner"])):
            target = str(LOCKS[what].relative_to(ROOT))
            command = [uv, "pip", "compile", "--quiet", *shape, "--no-annotate", "pyproject.toml", *group, "-o", target]
            subprocess.run(command, cwd=ROOT, check=True)
        command = [uv, "pip", "compile", "--quiet", *shape, "--no-annotate", "-", "-o", str(PIP.relative_to(ROOT))]
        subprocess.run(command, cwd=ROOT, check=True, input="pip~=26.3\n", text=True)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in {"run", "test", "ner", "lock"}:
        sys.exit(__doc__)
    main(sys.argv[1])
