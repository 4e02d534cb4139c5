#!/usr/bin/env python3
"""对账: the books against an export of the ministry's monitoring system with 50,000 supplies.

    benches/monitoring.py [--supplies 50000] [--rounds 3] [--postgres] [--binary PATH]

The demonstration county is made, its supplied parcels get a 电子监管号 and a contract with a price each, and an export is
written that says the same of them but for every 20th area and every 25th price. Measured over HTTP: the import of the export,
the count of all differences, the first page of them, and the file of all. The release binary is built first, unless
--binary names one.
"""

import argparse
import datetime
import json
import pathlib
import sqlite3
import statistics
import subprocess
import tempfile
import time
import urllib.request

import common

COUNTY = 410183
TERMS = '{"land_use":"工业用地","area_m2":"%s","price_yuan":"%s"}'
SUPPLIES = """
    SELECT l.to_parcel, MIN(l.effective_on), CAST(SUM(l.area_cm2) AS BIGINT)
    FROM voucher_line l JOIN voucher v ON v.county = l.county AND v.seq = l.seq
    WHERE l.county = %d AND v.kind = 'supply' AND l.to_account = 'supplied' AND l.to_parcel IS NOT NULL
    GROUP BY l.to_parcel ORDER BY l.to_parcel LIMIT %d
"""


class Books:
    """The database beside the program, as an administrator sees it."""

    def __init__(self, url):
        self.url = url

    def rows(self, sql):
        if self.url.startswith("sqlite:"):
            with sqlite3.connect(self.url.removeprefix("sqlite:")) as books:
                return books.execute(sql).fetchall()
        command = ["psql", "-X", "-q", "-At", "-F", "\t", "-d", self.url, "-c", sql]
        printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        return [line.split("\t") for line in printed.splitlines()]

    def run(self, statements):
        if self.url.startswith("sqlite:"):
            with sqlite3.connect(self.url.removeprefix("sqlite:")) as books:
                books.executescript("BEGIN;\n" + "\n".join(statements) + "\nCOMMIT;")
            return
        script = "BEGIN;\n" + "\n".join(statements) + "\nCOMMIT;\nANALYZE;"
        command = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url]
        subprocess.run(command, check=True, input=script, text=True)


def decimal(units, places):
    """Whole numbers of the smallest unit as a decimal, without a float on the way."""
    return f"{units // 10**places}.{units % 10**places:0{places}d}"


def prepare(books, supplies):
    """Numbers and contracts for the supplied parcels; gives the lines of the export."""
    found = [(int(parcel), day, int(area)) for parcel, day, area in books.rows(SUPPLIES % (COUNTY, supplies))]
    statements, lines = [], ["电子监管号,面积(公顷),成交价(万元),合同签订日期"]
    # Behind the contracts that the demonstration has.
    first = int(books.rows(f"SELECT COALESCE(MAX(id), 0) + 1 FROM contract WHERE county = {COUNTY}")[0][0])
    for at, (parcel, day, area) in enumerate(found, start=1):
        contract = first + at
        number = f"{COUNTY}2021B{at:05}"
        # 140 yuan a square metre, in fen.
        price = area * 14000 // 10000
        recorded = "'2026-01-01 00:00:00', 1"
        terms = TERMS % (decimal(area, 4), decimal(price, 2))
        statements += [
            f"UPDATE parcel SET regulatory_number = '{number}' WHERE county = {COUNTY} AND id = {parcel};",
            "INSERT INTO contract (county, id, kind, number, signed_on, regulatory_number, land_use, area_cm2, price_fen, version,"
            f" recorded_at, recorded_by) VALUES ({COUNTY}, {contract}, 'grant', '演示合同{at}', '{day}', '{number}', '工业用地', {area},"
            f" {price}, 1, {recorded});",
            "INSERT INTO contract_version (county, contract_id, n, change, effective_on, parcels, terms, recorded_at, recorded_by)"
            f" VALUES ({COUNTY}, {contract}, 1, 'original', '{day}', '{parcel}', '{terms}', {recorded});",
            f"INSERT INTO contract_parcel (county, parcel_id, contract_id) VALUES ({COUNTY}, {parcel}, {contract});",
        ]
        said_area = area + (100_0000 if at % 20 == 0 else 0)
        said_price = price + (1_000_000 if at % 25 == 0 else 0)
        # As the system rounds: hectares to four decimals, 万元 to two.
        lines.append(
            f"{number},{decimal((said_area + 5000) // 10000, 4)},{decimal((said_price + 5000) // 10000, 2)},{day}"
        )
    books.run(statements)
    return lines


class Client:
    def __init__(self, base, tokens):
        self.base, self.tokens = base, tokens

    def send(self, role, path, body=None):
        """The answer and the seconds it took."""
        headers = {"Authorization": f"Bearer {self.tokens[role]}"} | ({"Content-Type": "text/csv"} if body else {})
        request = urllib.request.Request(f"{self.base}/api/v1/counties/{COUNTY}/{path}", data=body, headers=headers)
        began = time.perf_counter()
        with urllib.request.urlopen(request, timeout=600) as answer:
            read = answer.read()
        return read, time.perf_counter() - began


def measure(given, binary, database):
    command = [binary, "demo-data", "--database", database, "--plots", str(given.supplies * 6 // 5)]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    tokens = dict(line.split()[1:] for line in printed.splitlines() if line.startswith("token "))
    lines = prepare(Books(database), given.supplies)
    rows = len(lines) - 1
    if rows < given.supplies:
        print(f"the county has only {rows} supplied parcels")
    file = ("\n".join(lines) + "\n").encode()
    with common.Program(binary, "--public-rate", "0", database=database) as base:
        client = Client(base, tokens)
        today = datetime.date.today()
        answer, took = client.send("clerk", f"monitoring-snapshots/import-file?as_of={today}", file)
        print(f"{rows} supplies, {len(file) / 1e6:.1f} MB; differences: {json.loads(answer)['differences']}")
        print(f"import, with the count of what differs: {took:.2f} s, {rows / took:.0f} supplies a second")
        for name, path in [
            ("count of all differences", "reconciliation-counts?with=monitoring"),
            ("first page of 100", "reconciliation?with=monitoring&limit=100"),
            ("all of them as CSV", "reconciliation?with=monitoring&f=csv"),
        ]:
            times = [client.send("viewer", path)[1] for _ in range(given.rounds)]
            each = ", ".join(f"{seconds:.2f}" for seconds in times)
            print(f"{name}: {statistics.median(times):.2f} s ({each})")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--supplies", type=int, default=50_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--postgres", action="store_true")
    arguments.add_argument("--binary", type=pathlib.Path)
    given = arguments.parse_args()
    binary = given.binary or common.build_release()
    if given.postgres:
        with common.Postgres() as url:
            measure(given, binary, url)
    else:
        with tempfile.TemporaryDirectory(prefix="dizhang-bench.") as folder:
            measure(given, binary, f"sqlite:{folder}/bench.db")


main()
