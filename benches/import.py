#!/usr/bin/env python3
"""Import of plots against ogr2ogr on the same file.

    benches/import.py [--plots 100000] [--rounds 3] [--only sqlite|postgres] [--million] [--tiled]

The file is a GeoJSON collection of synthetic plots with nine vertices each. Ours validates every polygon, resolves the
approval, keeps both geometries, both areas, attributes and a journal entry of each plot, and fills every index
(`dizhang import`); `--vouchers` also brings all of them onto the books in the same command, signed by an approver
(`--approver-token`), and `--apart` by three acts over HTTP: a clerk has the approval's plots entered, 20,000 lines a
voucher, and an approver posts the vouchers. ogr2ogr copies the same file into a GeoPackage
with its R*Tree (bar: half its speed), or into PostGIS (bar: a quarter).

The lock is measured over HTTP: the same file is sent to a running service while another client writes and a third
reads; what they waited, and how often they were told to come again, is printed. `--million` imports 1,000,000 plots from
the command line and prints the most memory the process held (bar: 200 MB).
"""

import argparse
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import common

COUNTY = "410183"
EXTENT = "113.10,34.28,113.72,34.68"
APPROVAL = "演示政土〔2026〕1号"
VERTICES = 9


def make_file(path, count, tiled=False):
    """Octagons in a grid over the county, each about 1,000 m²; the stated area is that of the polygon.

    Tiled, each shares its crooked borders with its neighbours: every one has to be laid over those beside it.
    """
    side = math.ceil(math.sqrt(count * 1.5))
    # Narrower for more plots, so that all of them lie in the county.
    step_x, step_y = 0.6 / side, 0.38 / (count // side + 1)
    radius_x, radius_y = step_x * 0.45, step_y * 0.45
    corners = [(math.cos(a), math.sin(a)) for a in (math.tau * k / (VERTICES - 1) for k in range(VERTICES - 1))]
    area = 2 * math.sqrt(2) * radius_x * 91_700 * radius_y * 110_950
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        for n in range(count):
            x, y = 113.11 + (n % side) * step_x, 34.29 + (n // side) * step_y
            if tiled:
                places = [(-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0)]
                at = [(2 * (n % side) + i, 2 * (n // side) + j) for i, j in places]
                # Every other point of a border stands off it, by as much for both sides.
                bend = [((i * 7 + j * 3) % 5 - 2) * 0.08 * (i % 2 != j % 2) for i, j in at]
                ring = [
                    f"[{113.11 + (i / 2 + b) * step_x:.9f},{34.29 + (j / 2 + b) * step_y:.9f}]"
                    for (i, j), b in zip(at, bend)
                ]
            else:
                ring = [f"[{x + radius_x * c:.9f},{y + radius_y * s:.9f}]" for c, s in corners]
            ring.append(ring[0])
            file.write("" if n == 0 else ",\n")
            file.write(
                f'{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":[[{",".join(ring)}]]}},"properties":'
                f'{{"code":"B-{n:07}","name":"地块{n}","location":"大隗镇","approval":"{APPROVAL}","area_m2":"{area:.2f}",'
                f'"planned_use":"工业用地"}}}}'
            )
        file.write("\n]}\n")
    return area


def prepared(binary, database, area, count):
    """A county with a clerk, an approver and the approval; gives the clerk's token and the approver's."""

    def run(*arguments):
        command = [binary, *arguments, "--database", database]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.strip()

    run("county", "add", "--code", COUNTY, "--name", "演示县", "--extent", EXTENT)
    token = run("user", "add", "--login", "clerk", "--name", "经办", "--role", f"clerk@{COUNTY}")
    approver = run("user", "add", "--login", "approver", "--name", "审批", "--role", f"approver@{COUNTY}")
    total = f"{area * count + 10:.0f}"
    with Service(binary, database) as url:
        approval = {
            "number": APPROVAL,
            "kind": "city_batch",
            "authority": "演示省人民政府",
            "approved_on": "2026-01-05",
            "composition": {"unit": "m2", "total": total},
        }
        post(f"{url}/api/v1/counties/{COUNTY}/approvals", token, json.dumps(approval).encode())
    return token, approver


class Service(common.Program):
    """The service on a database that is there already."""

    def __init__(self, binary, database):
        super().__init__(binary, database=database)


def post(url, token, body, media_type="application/json"):
    headers = {"Authorization": f"Bearer {token}", "Content-Type": media_type}
    request = urllib.request.Request(url, data=body, method="POST", headers=headers)
    with urllib.request.urlopen(request, timeout=600) as answer:
        return json.load(answer)


def timed(command):
    """Runs a command; seconds and the most memory it held, in MB."""
    # What was written before goes to the disk before: we wait for our own bytes to reach it, and the peer for none.
    os.sync()
    before = time.monotonic()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, used = os.wait4(process.pid, 0)
        took = time.monotonic() - before
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            sys.exit(f"{command} failed: {errors.read().decode()}")
    return took, used.ru_maxrss / 1024


def imported(binary, database, path, count, token=None):
    """Imports a file; with the token of an approver its plots go onto the books."""
    command = [binary, "import", path, "--database", database, "--county", COUNTY, "--as", "clerk"]
    with tempfile.NamedTemporaryFile("w") as file:
        if token:
            file.write(token)
            file.flush()
            command += ["--approver-token", file.name]
        took, most = timed(command)
    return {"per_second": count / took, "p50_ms": 0, "p99_ms": 0, "most_mb": most}


def copied(target, path, count, *options):
    took, _ = timed(["ogr2ogr", "-q", *options, target, path])
    return {"per_second": count / took, "p50_ms": 0, "p99_ms": 0}


def keywords(base):
    """The server of a URL as GDAL wants it named."""
    found = urllib.parse.urlsplit(base)
    return f"host={found.hostname} port={found.port} user={found.username}"


def entered(binary, database, tokens):
    """Brings all plots onto the books over HTTP: the clerk has the approval's plots entered, which makes proposals of
    20,000 plots each, and the approver posts them. Seconds on the clock."""
    clerk, approver = tokens
    with Service(binary, database) as url:
        base = f"{url}/api/v1/counties/{COUNTY}"
        before = time.monotonic()
        sent = post(f"{base}/approvals/{int(COUNTY) * 10**9 + 1}/entry", clerk, b"{}")
        for proposal in sent["proposals"]:
            step = {"version": proposal["version"]}
            post(f"{base}/proposals/{proposal['id']}/approve", approver, json.dumps(step).encode())
        return time.monotonic() - before


class Neighbour(threading.Thread):
    """Asks again and again; keeps what it waited and how often it was told to come again."""

    def __init__(self, ask):
        super().__init__(daemon=True)
        self.ask, self.waited, self.busy, self.ended = ask, [], [], False

    def run(self):
        while not self.ended:
            before = time.monotonic()
            try:
                self.ask()
            except urllib.error.HTTPError as error:
                if error.code != 503 or "Retry-After" not in error.headers:
                    raise
                self.busy.append(before)
            self.waited.append(time.monotonic() - before)
            time.sleep(0.005)

    def told(self):
        self.ended = True
        self.join()
        ranked = sorted(self.waited)
        held = f", over {self.busy[-1] - self.busy[0]:.2f} s" if self.busy else ""
        return f"{len(ranked)} requests, p50 {ranked[len(ranked) // 2] * 1000:.1f} ms, p99 {ranked[len(ranked) * 99 // 100] * 1000:.1f} ms, longest {ranked[-1] * 1000:.0f} ms, {len(self.busy)} times 503{held}"


def beside(binary, database, token, path):
    """Sends the file over HTTP while others read and write."""
    with Service(binary, database) as url:
        base = f"{url}/api/v1/counties/{COUNTY}"
        numbers = iter(range(10**9))

        def write():
            plot = {"code": f"N-{next(numbers)}", "origin": "opening", "area_m2": "10"}
            post(f"{base}/plots", token, json.dumps(plot).encode())

        def read():
            request = urllib.request.Request(f"{base}/plots?limit=20", headers={"Authorization": f"Bearer {token}"})
            with urllib.request.urlopen(request, timeout=60) as answer:
                answer.read()

        writer, reader = Neighbour(write), Neighbour(read)
        writer.start()
        reader.start()
        time.sleep(0.5)
        before = time.monotonic()
        post(f"{base}/plots/import", token, pathlib.Path(path).read_bytes(), "application/geo+json")
        print(f"\nover HTTP: {time.monotonic() - before:.2f} s")
        print(f"  writes beside it: {writer.told()}")
        print(f"  reads beside it:  {reader.told()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plots", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    parser.add_argument("--vouchers", action="store_true", help="enter the plots on the books with the import")
    parser.add_argument("--apart", action="store_true", help="enter them afterwards, over HTTP")
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--tiled", action="store_true", help="plots that share crooked borders with their neighbours")
    parser.add_argument("--binary", type=pathlib.Path, help="a release build that is there already")
    given = parser.parse_args()
    common.need("ogr2ogr", "the package gdal-bin has it")
    binary = common.build_release() if not given.binary else given.binary
    enough = True
    # Not under /tmp, which may be memory: beside the build.
    with tempfile.TemporaryDirectory(prefix="bench-import.", dir=common.TARGET) as folder:
        path = f"{folder}/plots.geojson"
        area = make_file(path, given.plots, given.tiled)
        fresh = iter(range(1000))

        def ours(database):
            tokens = prepared(binary, database, area, given.plots)
            result = imported(binary, database, path, given.plots, tokens[1] if given.vouchers else None)
            if given.apart:
                took = entered(binary, database, tokens)
                seconds = given.plots / result["per_second"] + took
                print(f"vouchers over HTTP: {took:.2f} s more", file=sys.stderr)
                result["per_second"] = given.plots / seconds
            return result

        if given.only != "postgres":
            results = common.in_turn(
                given.rounds,
                {
                    "ogr2ogr to GeoPackage": lambda: copied(f"{folder}/{next(fresh)}.gpkg", path, given.plots, "-f", "GPKG"),
                    "import, SQLite": lambda: ours(f"sqlite:{folder}/{next(fresh)}.db"),
                },
            )
            enough &= common.table(results, {"import, SQLite": ("ogr2ogr to GeoPackage", 0.5)})
            database = f"sqlite:{folder}/{next(fresh)}.db"
            beside(binary, database, prepared(binary, database, area, given.plots)[0], path)
        if given.only != "sqlite":
            with common.Postgres() as url:
                base = url.rsplit("/", 1)[0]
                common.psql(url, "CREATE DATABASE peer")
                common.psql(f"{base}/peer", "CREATE EXTENSION postgis")

                def ours_postgres():
                    name = f"ours_{next(fresh)}"
                    common.psql(url, f"CREATE DATABASE {name}")
                    return ours(f"{base}/{name}")

                results = common.in_turn(
                    given.rounds,
                    {
                        "ogr2ogr to PostGIS": lambda: copied(
                            f"PG:{keywords(base)} dbname=peer", path, given.plots, "-f", "PostgreSQL", "-overwrite", "-nln", "plots"
                        ),
                        "import, PostgreSQL": ours_postgres,
                    },
                )
            enough &= common.table(results, {"import, PostgreSQL": ("ogr2ogr to PostGIS", 0.25)})
        if given.million:
            for old in pathlib.Path(folder).iterdir():
                old.unlink()
            area = make_file(path, 1_000_000, given.tiled)
            database = f"sqlite:{folder}/million.db"
            tokens = prepared(binary, database, area, 1_000_000)
            result = imported(binary, database, path, 1_000_000, tokens[1] if given.vouchers else None)
            rate, most = result["per_second"], result["most_mb"]
            print(f"\n1,000,000 plots: {rate:.0f}/s, at most {most:.0f} MB (bar 200 MB)")
            enough &= most <= 200
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
