#!/usr/bin/env python3
"""Batch calculations: lines a second of one core, against jq and Python on the same lines.

    benches/batch.py [--lines 100000] [--rounds 3]

Each file holds lines of one calculation with figures that differ from line to line. `dizhang calculate` reads, calculates
and writes them with amounts and outcomes (bar: 200,000 lines a second for the prices that item 16 corrects by the term), then with all findings
(bar: 25,000); beside it `jq -c .` and a Python loop only read and write the same lines. Figures are lines by seconds of processor time
(user and system) of the process, so that other programs on the machine disturb them little; all are single threads.

The last rows send the mixed file over HTTP: seconds on the clock, one client, loopback.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import common

BAR_AMOUNTS, BAR_FINDINGS = 200_000, 25_000
LOOP = "import json,sys\nfor line in sys.stdin: sys.stdout.write(json.dumps(json.loads(line))+'\\n')"


def bodies(dice):
    """A line of each kind, its figures by chance."""
    price = lambda: f"{dice.randrange(15_000, 90_000) / 100:.2f}"
    area = lambda: {"value": f"{dice.randrange(100, 90_000) / 100:.2f}", "unit": "mu"}
    site = lambda: {"on": "2026-06-30", "land_use": "industrial"}
    grant = lambda: {"max_term_unit_price": price(), **site()}
    return {
        "flexible_price": lambda: {**grant(), "area": area(), "term": str(dice.randrange(5, 21))},
        "lease_then_transfer_price": lambda: {
            **grant(), "area": f"{dice.randrange(1_000_000, 90_000_000) / 100:.2f}",
            "lease_term": str(dice.randrange(1, 6)), "transfer_term": str(dice.randrange(5, 16)),
        },
        "long_lease_price": lambda: {**grant(), "area": area(), "lease_term": str(dice.randrange(5, 21))},
        "mixed_lease_transfer_price": lambda: {
            **grant(), "leased_area": area(), "lease_term": "10", "granted_area": area(), "transfer_term": "20",
        },
        "cost_floor": lambda: {
            "on": "2026-06-30", "total_price": f"{dice.randrange(4_000_000, 9_000_000)}.20",
            "costs": [{"kind": "acquisition", "amount": f"{dice.randrange(10**6, 10**7)}.00"}, {"kind": "prescribed_fees", "amount": "600000.00"}],
            "shared_by_area": {"part": "33333.33", "whole": {"value": "10", "unit": "ha"}},
        },
        "term": lambda: {**site(), "method": "flexible", "total_term": str(dice.randrange(5, 51))},
        "floor_area": lambda: {
            "on": "2026-06-30", "parcel_area": "26500", "admin_living_land": "1000",
            "uses": {
                "dominant": {"actual_m2": f"{dice.randrange(9_000, 20_000)}", "counted_m2": "20000"},
                "admin_living": {"actual_m2": "3000", "counted_m2": "3000"},
                "other_ancillary": {"actual_m2": "3500", "counted_m2": "3500"},
            },
        },
        "national_minimum": lambda: {
            **site(), "total_term": "20", "rate": "0.06", "grade": 9, "payments": [{"months": 0, "amount_per_m2": price()}],
        },
        "price_comparison": lambda: {
            **grant(), "area": area(), "rate": "0.06", "grade": 9,
            "methods": [
                {"method": "flexible", "transfer_term": "20"},
                {"method": "lease_then_transfer", "lease_term": "5", "transfer_term": "15", "rent_timing": "arrears"},
                {"method": "long_lease", "lease_term": "20", "rent_timing": "arrears"},
            ],
        },
    }


# Kinds that the bars hold for: the prices by the plan's own ratios. The others are shown.
PRICES = ["flexible_price", "lease_then_transfer_price", "long_lease_price", "mixed_lease_transfer_price", "cost_floor"]
# Of these a line is many calculations, by powers of any length: fewer of them are sent.
HEAVY = {"national_minimum": 10, "price_comparison": 50}


def processor_seconds(command, path, expect=0):
    """User and system seconds of a command that reads a file and whose output nobody keeps."""
    with open(path, "rb") as given:
        process = subprocess.Popen(command, stdin=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != expect:
        sys.exit(f"{command} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


def over_http(binary, path, count, detail):
    with tempfile.TemporaryDirectory(prefix="dizhang-bench.") as folder:
        database = f"sqlite:{folder}/bench.db"

        def run(*arguments):
            command = [binary, *arguments, "--database", database]
            return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.strip()

        run("county", "add", "--code", "410183", "--name", "演示县", "--extent", "113.10,34.28,113.72,34.68")
        token = run("user", "add", "--login", "clerk", "--name", "经办", "--role", "clerk@410183")
        with common.Program(binary, database=database) as url:
            before = time.monotonic()
            command = [
                "curl", "-sSf", "-T", path, "-X", "POST", "-H", "Content-Type: application/x-ndjson",
                "-H", f"Authorization: Bearer {token}", f"{url}/api/v1/calculations/batch?detail={detail}",
            ]
            lines = subprocess.Popen(command, stdout=subprocess.PIPE)
            answered = int(subprocess.run(["wc", "-l"], stdin=lines.stdout, check=True, stdout=subprocess.PIPE, text=True).stdout)
            if lines.wait() != 0 or answered != count:
                sys.exit(f"{answered} of {count} lines were answered")
            return {"per_second": count / (time.monotonic() - before)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--binary", type=pathlib.Path, help="a release build that is there already")
    given = parser.parse_args()
    common.need("jq", "the package jq has it")
    binary = given.binary or common.build_release()
    dice = random.Random(20260101)
    enough = True
    print(f"{'':28}{'amounts':>12}{'findings':>12}{'jq -c .':>12}{'Python':>12}  amounts : jq")
    with tempfile.TemporaryDirectory(prefix="dizhang-bench.") as folder:
        kinds = bodies(dice)
        mixed = pathlib.Path(folder) / "mixed.ndjson"
        files = {name: given.lines // HEAVY.get(name, 1) for name in kinds}
        files["mixed"] = given.lines
        for name, count in files.items():
            path = pathlib.Path(folder) / f"{name}.ndjson"
            with open(path, "w", encoding="utf-8") as file:
                for n in range(count):
                    kind = PRICES[n % len(PRICES)] if name == "mixed" else name
                    file.write(json.dumps({"id": n, "kind": kind, **kinds[kind]()}, ensure_ascii=False) + "\n")
            ours = lambda detail: lambda: {"per_second": count / processor_seconds([binary, "calculate", "-", "--detail", detail], path)}
            theirs = lambda *command: lambda: {"per_second": count / processor_seconds(command, path)}
            results = common.in_turn(
                given.rounds,
                {
                    "amounts": ours("amounts"),
                    "findings": ours("findings"),
                    "jq": theirs("jq", "-c", "."),
                    "python": theirs(sys.executable, "-c", LOOP),
                },
            )
            amounts, findings, jq, python = (common.median(results[key], "per_second") for key in results)
            missed = (name in PRICES or name == "mixed") and (amounts < BAR_AMOUNTS or findings < BAR_FINDINGS)
            enough &= not missed
            print(f"{name:28}{amounts:12,.0f}{findings:12,.0f}{jq:12,.0f}{python:12,.0f}{amounts / jq:10.1f}{'  below its bar' if missed else ''}", flush=True)
        for detail in ["amounts", "findings"]:
            rate = over_http(binary, mixed, given.lines, detail)["per_second"]
            print(f"mixed over HTTP, {detail}: {rate:,.0f} lines a second")
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
