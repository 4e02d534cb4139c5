"""The program with its demonstration county, and browsers signed in to it.

Run by scripts/test. By hand, with the program built, the tools of tests/clients/requirements.txt installed, and
scripts/web-types run once (it fetches axe-core):

    python -m pytest tests/browser
"""

import itertools
import os
import pathlib
import re
import shutil
import subprocess
import threading

import pytest
from playwright.sync_api import Error, expect, sync_playwright

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PROGRAM = pathlib.Path(os.environ.get("DIZHANG", TARGET / "debug" / "dizhang"))
AXE = TARGET / "web-tools" / "node_modules" / "axe-core" / "axe.min.js"

START_SECONDS = 90
PLOTS = 300
PATIENCE_MS = 10_000

PEOPLE = pytest.StashKey()

# Software WebGL, so that the map draws on a machine without a graphics card.
FLAGS = ["--no-sandbox", "--lang=zh-CN", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]

expect.set_options(timeout=PATIENCE_MS)


class Demo:
    """One running demonstration: where it listens, and how its people sign in."""

    def __init__(self, folder, plots=PLOTS):
        self.log = (folder / "log").open("w+")
        self.process = subprocess.Popen(
            [PROGRAM, "demo", "--plots", str(plots), "--listen", "127.0.0.1:0", "--public-rate", "0"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log, text=True,
        )
        # A start that hangs ends here: the pipe closes with the process.
        watchdog = threading.Timer(START_SECONDS, self.process.kill)
        watchdog.start()
        self.passwords = {}
        self.tokens = {}
        self.address = None
        for line in self.process.stdout:
            if found := re.match(r"listening on (\S+)", line):
                self.address = found[1]
            if found := re.match(r"登录 / login +(\S+) +密码 / password (\S+)", line):
                self.passwords[found[1]] = found[2]
            if found := re.match(r"令牌 / token +(\S+) +(\S+)", line):
                self.tokens[found[1]] = found[2]
            if "Ctrl-C" in line:
                break
        watchdog.cancel()
        self.log.seek(0)
        assert self.address and self.passwords, self.log.read()

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        self.log.seek(0)
        said = self.log.read()
        self.log.close()
        assert "panicked" not in said and " ERROR " not in said, said


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    running = Demo(tmp_path_factory.mktemp("demo"))
    yield running
    running.stop()


def browser_path():
    """The system's own browser: none is fetched."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is not installed: scripts/install does it"
    return path


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        yield browser
        browser.close()


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, chromium, demo, width=1366, height=768):
        self.demo = demo
        self.context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=True
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page = self.context.new_page()
        self.faults = []
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error.stack or error}"))
        self.page.on("console", self._heard)
        self.page.on("request", self._asked)

    def _heard(self, message):
        # Refusals of the API are part of the work; the browser reports each as an error of loading.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _asked(self, request):
        if not request.url.startswith((self.demo.address, "data:", "blob:")):
            self.faults.append(f"asked an outside address: {request.url}")

    def open(self, place=""):
        """Opens a page and waits until it has drawn itself."""
        self.page.goto(f"{self.demo.address}/#/{place}")
        self.settle()

    def settle(self):
        # By elements: the page's policy lets nobody evaluate text, a waiting test neither.
        self.page.locator("main h1").wait_for()
        expect(self.page.locator("main [aria-busy]")).to_have_count(0)
        self.page.wait_for_load_state("networkidle")

    def sign_in(self, login):
        self.open("login")
        self.page.get_by_label("登录名").fill(login)
        self.page.get_by_label("密码").fill(self.demo.passwords[login])
        self.page.get_by_role("button", name="登录").click()
        self.page.get_by_role("button", name="退出").wait_for()
        self.settle()
        return self

    def sees(self):
        try:
            return f"{self.page.url}\n{self.page.locator('body').inner_text()}"
        except Error as error:
            return str(error)

    def said(self, text):
        """Waits for a message that comes and goes."""
        self.page.locator(".toast", has_text=text).first.wait_for()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    # What people saw tells more than what was waited for in vain; it is asked for before their browsers close.
    if report.when == "call" and report.failed:
        for number, somebody in enumerate(item.stash.get(PEOPLE, []), 1):
            report.sections.append((f"person {number}", somebody.sees()))
    return report


@pytest.fixture
def people(chromium, demo, request):
    """Makes people; whatever their browsers complained of fails the test."""
    made = request.node.stash[PEOPLE] = []

    def person(role=None, **how):
        somebody = Person(chromium, demo, **how)
        made.append(somebody)
        return somebody.sign_in(f"demo-{role}") if role else somebody

    yield person
    faults = [fault for somebody in made for fault in somebody.faults]
    for somebody in made:
        somebody.context.close()
    assert not faults, "\n".join(faults)


numbers = itertools.count(1)


@pytest.fixture
def name():
    """A code that no other test uses."""
    return f"测{os.getpid()}-{next(numbers)}"
