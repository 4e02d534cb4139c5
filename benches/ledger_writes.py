#!/usr/bin/env python3
"""Ledger writes against what the databases themselves reach, on a disk that keeps what was committed.

    benches/ledger_writes.py [--seconds 10] [--rounds 3] [--only postgres|sqlite]

PostgreSQL (a private one, fsync on, 16 clients):
  * vouchers of 16 counties against `pgbench -N` (one row updated, one read, one inserted a
    transaction, no contention): the bar is a third;
  * vouchers of one county against a script that takes the county's lock, updates its counter and
    inserts a row: the bar is half.
SQLite (WAL, synchronous=FULL, 16 clients): vouchers of one county against commits of one row each by
one connection: the bar is half.

The program's side is the bench `ledger_writes` (`cargo bench --bench ledger_writes`), which posts
vouchers through the same use case as the HTTP handler and prints what it reached as JSON.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import common

CLIENTS = 16
COUNTIES = 16

# One voucher's least: the county's lock, its counter, a row. Three statements, as a service sends them.
LOCK_UPDATE_INSERT = """\
BEGIN;
SELECT pg_advisory_xact_lock(410183);
UPDATE bench_counter SET last = last + 1 WHERE county = 410183;
INSERT INTO bench_row (county, seq, area_cm2, kind) SELECT county, last, 10000, 'supply' FROM bench_counter WHERE county = 410183;
COMMIT;
"""

TABLES = """
CREATE TABLE bench_counter (county integer PRIMARY KEY, last bigint NOT NULL);
CREATE TABLE bench_row (county integer, seq bigint, area_cm2 bigint NOT NULL, kind text NOT NULL, PRIMARY KEY (county, seq));
INSERT INTO bench_counter VALUES (410183, 0);
"""


def ours(bench, mode, database, seconds, counties=1):
    """What the program reaches; every run on a database of its own, as the bench makes it."""
    command = [bench, mode, "--database", database, "--seconds", str(seconds)]
    if mode == "vouchers":
        command += ["--counties", str(counties), "--clients", str(CLIENTS)]
    return common.json_of(command, seconds + 120)


def with_postgres(bench, given):
    for program in ("pgbench", "psql"):
        common.need(program, "scripts/install brings it")
    with common.Postgres() as url, tempfile.TemporaryDirectory(prefix="dizhang-pgbench.") as folder:
        base = url.rsplit("/", 1)[0]
        common.psql(url, "CREATE DATABASE peer")
        peer = f"{base}/peer"
        # As many branches as clients, so that pgbench is not measured against its own contention.
        subprocess.run(["pgbench", "-i", "-q", "-s", str(CLIENTS), peer], check=True, stderr=subprocess.DEVNULL)
        common.psql(peer, TABLES)
        script = pathlib.Path(folder) / "lock_update_insert.sql"
        script.write_text(LOCK_UPDATE_INSERT)

        fresh = iter(range(1000))

        def vouchers(counties):
            name = f"ours_{next(fresh)}"
            common.psql(url, f"CREATE DATABASE {name}")
            return ours(bench, "vouchers", f"{base}/{name}", given.seconds, counties)

        results = common.in_turn(
            given.rounds,
            {
                "pgbench -N": lambda: common.pgbench(peer, given.seconds, CLIENTS, "-N"),
                "vouchers, 16 counties": lambda: vouchers(COUNTIES),
                "lock, update, insert": lambda: common.pgbench(peer, given.seconds, CLIENTS, "-f", str(script)),
                "vouchers, one county": lambda: vouchers(1),
            },
        )
    return common.table(
        results,
        {"vouchers, 16 counties": ("pgbench -N", 1 / 3), "vouchers, one county": ("lock, update, insert", 1 / 2)},
    )


def with_sqlite(bench, given):
    # Not under /tmp, which may be memory: beside the build.
    with tempfile.TemporaryDirectory(prefix="bench-sqlite.", dir=common.TARGET) as folder:
        fresh = iter(range(1000))

        def run(mode):
            return ours(bench, mode, f"sqlite:{folder}/{next(fresh)}.db", given.seconds)

        results = common.in_turn(
            given.rounds,
            {"commits of one row": lambda: run("raw-commits"), "vouchers, 16 clients": lambda: run("vouchers")},
        )
    return common.table(results, {"vouchers, 16 clients": ("commits of one row", 1 / 2)})


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seconds", type=int, default=10)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--only", choices=["postgres", "sqlite"])
    given = arguments.parse_args()
    bench = common.build_bench("ledger_writes")
    enough = True
    if given.only != "sqlite":
        enough = with_postgres(bench, given) and enough
    if given.only != "postgres":
        enough = with_sqlite(bench, given) and enough
    sys.exit(0 if enough else 1)


main()
