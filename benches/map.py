#!/usr/bin/env python3
"""What the map asks for: features counted by the cells of a raster, and features themselves, for windows of every size.

    benches/map.py [--plots 100000] [--windows 7] [--database URL] [--binary PATH]

One client asks for windows at random places of the county, their sides a share of the county's: `feature-cells` of the plots with
the page's 48 columns, and `/ogc/collections/plots/items` with the page's limit. Printed are the median and the longest of
them. The demonstration county is made first, unless --database names one that has it and whose viewer's token is in
DIZHANG_TOKEN. The release binary is built first, unless --binary names one.
"""

import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

import common

COUNTY = "410183"
SHARES = [1, 2, 4, 8, 16, 64]
COLUMNS, DRAWN_MAX = 48, 1500


class Client:
    def __init__(self, base, token):
        self.base, self.headers = base, {"Authorization": f"Bearer {token}"}

    def get(self, path):
        """The answer and the milliseconds until all of it was there."""
        before = time.monotonic()
        with urllib.request.urlopen(urllib.request.Request(self.base + path, headers=self.headers), timeout=120) as answer:
            body = answer.read()
        return body, (time.monotonic() - before) * 1000


def told(times):
    return f"{statistics.median(times):.0f} ({max(times):.0f})"


def measure(client, windows):
    counties, _ = client.get("/api/v1/counties")
    extent = next(one["extent"] for one in json.loads(counties)["items"] if str(one["county"]) == COUNTY)
    west, south, east, north = (float(extent[side]) for side in ("west", "south", "east", "north"))
    chance = random.Random(20250707)
    rows = {"share": [], "counted by cells, ms": [], "plots themselves, ms": [], "plots in the last window": []}
    for share in SHARES:
        across, up = (east - west) / share, (north - south) / share
        cells, plots, total = [], [], 0
        for _ in range(windows):
            x, y = chance.uniform(west, east - across), chance.uniform(south, north - up)
            box = f"{x:.7f},{y:.7f},{x + across:.7f},{y + up:.7f}"
            body, took = client.get(f"/api/v1/counties/{COUNTY}/feature-cells?layer=plots&columns={COLUMNS}&bbox={box}")
            cells.append(took)
            total = json.loads(body)["total"]
            plots.append(client.get(f"/ogc/collections/plots/items?limit={DRAWN_MAX}&bbox={box}")[1])
        for row, figure in zip(rows.values(), (f"1/{share}", told(cells), told(plots), str(total))):
            row.append(figure)
    for name, figures in rows.items():
        print(f"{name:26}" + "".join(f"{figure:>16}" for figure in figures))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plots", type=int, default=100_000)
    parser.add_argument("--windows", type=int, default=7)
    parser.add_argument("--database", help="one that has the demonstration county")
    parser.add_argument("--binary", type=pathlib.Path, help="a release build that is there already")
    given = parser.parse_args()
    binary = given.binary or common.build_release()
    # Not under /tmp, which may be memory: beside the build.
    with tempfile.TemporaryDirectory(prefix="bench-map.", dir=common.TARGET) as folder:
        database, token = given.database, os.environ.get("DIZHANG_TOKEN")
        if not database:
            database = f"sqlite:{folder}/map.db"
            made = subprocess.run(
                [binary, "demo-data", "--plots", str(given.plots), "--database", database], check=True, stdout=subprocess.PIPE, text=True
            )
            token = next(line.split()[2] for line in made.stdout.splitlines() if line.startswith("token viewer"))
        elif not token:
            sys.exit("DIZHANG_TOKEN is not set: --database needs the token of one who may read")
        with common.Program(binary, database=database) as base:
            measure(Client(base, token), given.windows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
