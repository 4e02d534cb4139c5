"""What the benchmark scripts share: building and starting the program, running wrk and pgbench, a table at the end.

A figure is the median of its rounds. What is compared is measured in turn within each round, in the
same run on the same machine, as only ratios of such figures carry over to another machine.
"""

import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))


def need(program, hint):
    """The path of a program, or an end that says where it comes from."""
    path = shutil.which(program)
    if path is None:
        sys.exit(f"{program} is not on this machine; {hint}")
    return path


def build_release():
    """Builds the release binary and gives its path."""
    subprocess.run(["cargo", "build", "--release", "--locked", "--bin", "dizhang"], cwd=ROOT, check=True)
    return TARGET / "release" / "dizhang"


def build_bench(name):
    """Builds a bench target and gives the path of its executable."""
    built = subprocess.run(
        ["cargo", "bench", "--locked", "--bench", name, "--no-run", "--message-format=json-render-diagnostics"],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in built.stdout.splitlines():
        message = json.loads(line)
        if message.get("reason") == "compiler-artifact" and message["target"]["name"] == name and message["executable"]:
            return pathlib.Path(message["executable"])
    sys.exit(f"cargo names no executable for the bench {name}")


class Program:
    """The running service on an SQLite file of its own; `with Program(binary) as base_url:`."""

    def __init__(self, binary, *arguments, database=None):
        self.folder = tempfile.TemporaryDirectory(prefix="dizhang-bench.")
        database = database or f"sqlite:{self.folder.name}/bench.db"
        self.command = [binary, "serve", "--database", database, "--listen", "127.0.0.1:0", *arguments]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            if found := re.search(r"listening on (http://\S+)", line):
                return found[1]
        sys.exit(f"the program ended with {self.process.wait()} before it listened")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()


class Postgres:
    """A private PostgreSQL whose commits reach the disk; `with Postgres() as url:`."""

    folder = TARGET / "bench-postgres"

    def __enter__(self):
        subprocess.run([ROOT / "scripts/postgres", "remove", self.folder], check=True)
        started = subprocess.run([ROOT / "scripts/postgres", "start", self.folder], check=True, stdout=subprocess.PIPE, text=True)
        return started.stdout.strip()

    def __exit__(self, *_):
        subprocess.run([ROOT / "scripts/postgres", "remove", self.folder], check=True)


def milliseconds(text):
    """wrk's "1.23ms", "890.00us", "1.02s" as milliseconds."""
    value, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit]


def wrk(url, script, seconds, connections, threads=2):
    """One run of wrk: requests a second and latencies. Any answer but 2xx and 3xx ends the benchmark."""
    command = ["wrk", "--latency", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "-s", script, url]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=seconds + 60).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        sys.exit(f"wrk met errors at {url}:\n{out}")
    return {
        "per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]),
        "p50_ms": milliseconds(re.search(r"^\s+50%\s+(\S+)", out, re.MULTILINE)[1]),
        "p99_ms": milliseconds(re.search(r"^\s+99%\s+(\S+)", out, re.MULTILINE)[1]),
    }


def psql(url, sql):
    subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql], check=True)


def pgbench(url, seconds, clients, *arguments):
    """One run of pgbench: transactions a second and, from its log, latencies."""
    with tempfile.TemporaryDirectory(prefix="dizhang-pgbench.") as folder:
        command = ["pgbench", "-n", f"-c{clients}", "-j2", f"-T{seconds}", "-l", f"--log-prefix={folder}/log", *arguments, url]
        ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=seconds + 60)
        if ran.returncode != 0:
            sys.exit(f"pgbench failed:\n{ran.stdout}\n{ran.stderr}")
        # Third column: microseconds of the transaction.
        took = sorted(int(line.split()[2]) for log in pathlib.Path(folder).iterdir() for line in log.read_text().splitlines())
    return {
        "per_second": float(re.search(r"tps = ([\d.]+)", ran.stdout)[1]),
        "p50_ms": took[len(took) // 2] / 1000,
        "p99_ms": took[len(took) * 99 // 100] / 1000,
    }


def json_of(command, timeout):
    """The last line that a bench program prints, as JSON."""
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=timeout)
    return json.loads(ran.stdout.strip().splitlines()[-1])


def in_turn(rounds, measures):
    """Runs every measure once a round, in order; {name: [result, …]}."""
    results = {name: [] for name in measures}
    for number in range(1, rounds + 1):
        for name, measure in measures.items():
            result = measure()
            results[name].append(result)
            print(f"round {number}  {name}: {result['per_second']:.0f}/s", file=sys.stderr, flush=True)
    return results


def median(results, key):
    return statistics.median(result[key] for result in results)


def table(results, bars):
    """Prints one row for each measure, and for those in `bars` (name: (of, least ratio)) the ratio and whether it suffices."""
    width = max(len(name) for name in results)
    print(f"\n{'':{width}}  {'per second':>10}  {'p50 ms':>8}  {'p99 ms':>8}  rounds")
    for name, rounds in results.items():
        each = ", ".join(f"{result['per_second']:.0f}" for result in rounds)
        print(
            f"{name:{width}}  {median(rounds, 'per_second'):10.0f}  {median(rounds, 'p50_ms'):8.2f}"
            f"  {median(rounds, 'p99_ms'):8.2f}  {each}"
        )
    print()
    enough = True
    for name, (of, least) in bars.items():
        # Ratios within a round, as both sides of one then met the same machine.
        ratios = [a["per_second"] / b["per_second"] for a, b in zip(results[name], results[of])]
        ratio = statistics.median(ratios)
        enough = enough and ratio >= least
        print(f"{'ok      ' if ratio >= least else 'TOO SLOW'}  {name} = {ratio:.2f} × {of} (bar {least:.2f})")
    return enough
