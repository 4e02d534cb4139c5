"""The running program on each database, and the Python client generated from its API document.

Run by scripts/test. By hand, with the program built and the tools of requirements.txt installed:

    TEST_POSTGRES_URL=$(scripts/postgres start target/try --fast) python -m pytest tests/clients

Without TEST_POSTGRES_URL the PostgreSQL half is left out, unless REQUIRE_POSTGRES is set, as in scripts/test.
"""

import itertools
import os
import pathlib
import re
import subprocess
import sys
import threading

import pytest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
DOCUMENT = ROOT / "openapi" / "dizhang.json"
PROGRAM = pathlib.Path(os.environ.get("DIZHANG", TARGET / "debug" / "dizhang"))

START_SECONDS = 60


def database(kind, folder, number):
    """The URL of an empty database of its own."""
    if kind == "sqlite":
        return f"sqlite:{folder}/clients.db"
    server = os.environ.get("TEST_POSTGRES_URL")
    if not server:
        assert not os.environ.get("REQUIRE_POSTGRES"), "REQUIRE_POSTGRES is set, TEST_POSTGRES_URL is not"
        pytest.skip("TEST_POSTGRES_URL is not set")
    name = f"clients_{os.getpid()}_{number}"
    subprocess.run(["psql", "-X", "-q", "-d", server, "-c", f"CREATE DATABASE {name}"], check=True, timeout=60)
    return f"{server.rsplit('/', 1)[0]}/{name}"


class Service:
    """One running program: its database, its address and what it logged."""

    numbers = itertools.count(1)

    def __init__(self, kind, folder):
        self.kind = kind
        self.database = database(kind, folder, next(self.numbers))
        self.log = (folder / "log").open("w+")
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--database", self.database, "--listen", "127.0.0.1:0", "--public-rate", "0"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        # A start that hangs ends here: the pipe closes with the process.
        watchdog = threading.Timer(START_SECONDS, self.process.kill)
        watchdog.start()
        self.url = None
        for line in self.process.stdout:
            if found := re.search(r"listening on (http://\S+)", line):
                self.url = found[1]
                break
        watchdog.cancel()
        assert self.url, f"the program did not start:\n{self.logged()}"
        # Whatever else it prints must not fill the pipe.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def run(self, *arguments):
        """Runs another command of the program on the same database and gives what it prints."""
        ran = subprocess.run(
            [PROGRAM, *arguments, "--database", self.database],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def logged(self):
        self.log.flush()
        return pathlib.Path(self.log.name).read_text()

    def stop(self):
        self.process.terminate()
        try:
            code = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        assert code in (0, -15), f"the program ended with {code}:\n{self.logged()[-5000:]}"
        assert "panicked at" not in self.logged(), self.logged()


@pytest.fixture(params=["sqlite", "postgres"])
def service(request, tmp_path):
    running = Service(request.param, tmp_path)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def client_package(tmp_path_factory):
    """The package that openapi-python-client makes of the committed document; a warning of the generator fails."""
    folder = tmp_path_factory.mktemp("client")
    ran = subprocess.run(
        [
            pathlib.Path(sys.executable).parent / "openapi-python-client",
            "generate",
            f"--path={DOCUMENT}",
            "--meta=none",
            f"--output-path={folder / 'dizhang_client'}",
            f"--config={HERE / 'generator.yml'}",
            "--fail-on-warning",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stdout
    sys.path.insert(0, str(folder))
    import dizhang_client

    return dizhang_client
