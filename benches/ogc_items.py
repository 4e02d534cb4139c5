#!/usr/bin/env python3
"""Features under /ogc: boxes of about fifty plots, one plot by its id, and the export of them all.

    benches/ogc_items.py [--plots 100000] [--seconds 10] [--rounds 3] [--connections 16]
                         [--postgres] [--database URL] [--binary PATH]

wrk asks for boxes at random places and for plots at random, each with a token; in turn with the bare handler of the
same application, which answers as many fixed bytes without a token or a database. The export follows the links
`next` with pages of 10,000. The demonstration county is made first, unless --database names one that has it
and whose viewer's token is in DIZHANG_TOKEN. The release binary is built first, unless --binary names one.
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

HITS = 50
PLACES = 500


class Client:
    def __init__(self, base, token):
        self.base, self.headers = base, {"Authorization": f"Bearer {token}"}

    def get(self, url):
        request = urllib.request.Request(url if url.startswith("http") else self.base + url, headers=self.headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()


def pages(client, query):
    """Every page of the plots, as bytes."""
    url = f"/ogc/collections/plots/items?{query}"
    while url:
        page = client.get(url)
        yield page
        # The links stand behind the features: no need to read those.
        links = json.loads("[" + page[page.rindex(b'"links":[') + 9 : page.rindex(b'],"timeStamp"')].decode() + "]")
        url = next((link["href"] for link in links if link["rel"] == "next"), None)


def boxes(client):
    """Boxes of about fifty plots around random ones, and their ids."""
    centres, ids = [], []
    for page in pages(client, "limit=10000"):
        for feature in json.loads(page)["features"]:
            ring = feature["geometry"]["coordinates"][0][0]
            centres.append((statistics.fmean(x for x, _ in ring), statistics.fmean(y for _, y in ring)))
            ids.append(feature["id"])
    chance = random.Random(20250707)
    found = []
    for x, y in chance.sample(centres, min(PLACES, len(centres))):
        # A few plots touch the box from outside.
        half = sorted(max(abs(a - x), abs(b - y)) for a, b in centres)[min(HITS - 12, len(centres) - 1)]
        found.append(f"{x - half:.7f},{y - half:.7f},{x + half:.7f},{y + half:.7f}")
    return found, chance.sample(ids, min(20 * PLACES, len(ids)))


def script(folder, name, token, paths):
    """A wrk script that asks for one path after the other."""
    path = pathlib.Path(folder) / f"{name}.lua"
    listed = ",\n".join(f"{json.dumps(p)}" for p in paths)
    path.write_text(
        f'local paths = {{\n{listed}\n}}\nlocal at = 0\nwrk.headers["Authorization"] = "Bearer {token}"\n'
        "function request()\n  at = at % #paths + 1\n  return wrk.format(nil, paths[at])\nend\n"
    )
    return path


def bare_script(folder, name, size):
    path = pathlib.Path(folder) / f"{name}.lua"
    path.write_text(
        'wrk.method = "POST"\nwrk.body = "{}"\nwrk.headers["Content-Type"] = "application/json"\n'
        f'wrk.path = "/bench/bare?bytes={size}"\n'
    )
    return path


def export(client):
    began = time.perf_counter()
    count = size = 0
    for page in pages(client, "limit=10000"):
        size += len(page)
        count += page.count(b'{"type":"Feature",')
    return count, size, time.perf_counter() - began


def measure(given, binary, database, token):
    with tempfile.TemporaryDirectory(prefix="dizhang-wrk.") as folder:
        program = common.Program(binary, "--bench-routes", "--public-rate", "0", database=database)
        with program as base:
            client = Client(base, token)
            places, ids = boxes(client)
            box_paths = [f"/ogc/collections/plots/items?bbox={place}" for place in places]
            item_paths = [f"/ogc/collections/plots/items/{number}" for number in ids]
            answers = [client.get(path) for path in box_paths[:100]]
            hits = statistics.fmean(json.loads(answer)["numberReturned"] for answer in answers)
            box_size = round(statistics.fmean(map(len, answers)))
            item_size = round(statistics.fmean(len(client.get(path)) for path in item_paths[:100]))
            print(f"boxes: {hits:.0f} plots, {box_size} bytes; a plot: {item_size} bytes; {given.connections} connections")
            scripts = {
                "box": script(folder, "box", token, box_paths),
                "bare handler, as many bytes as a box": bare_script(folder, "bare_box", box_size),
                "plot by id": script(folder, "item", token, item_paths),
                "bare handler, as many bytes as a plot": bare_script(folder, "bare_item", item_size),
            }
            for path in scripts.values():
                common.wrk(base, path, 2, given.connections)
            turns = {
                name: (lambda path=path: common.wrk(base, path, given.seconds, given.connections))
                for name, path in scripts.items()
            }
            results = common.in_turn(given.rounds, turns)
            common.table(results, {})
            exports = [export(client) for _ in range(given.rounds)]
            count, size, _ = exports[0]
            took = statistics.median(seconds for *_, seconds in exports)
            status = pathlib.Path(f"/proc/{program.process.pid}/status")
            peak = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")] if status.exists() else ["0"]
            print(f"export of {count} plots, {size / 1e6:.0f} MB: {took:.2f} s; the program's peak memory: {int(peak[0]) / 1024:.0f} MB")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--plots", type=int, default=100_000)
    arguments.add_argument("--seconds", type=int, default=10)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--connections", type=int, default=16)
    arguments.add_argument("--postgres", action="store_true")
    arguments.add_argument("--database")
    arguments.add_argument("--binary", type=pathlib.Path)
    given = arguments.parse_args()
    common.need("wrk", "scripts/install --benches brings it")
    binary = given.binary or common.build_release()

    def loaded(database):
        began = time.perf_counter()
        command = [binary, "demo-data", "--database", database, "--plots", str(given.plots)]
        printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        print(f"{printed.splitlines()[0]} in {time.perf_counter() - began:.1f} s")
        return dict(line.split()[1:] for line in printed.splitlines() if line.startswith("token "))["viewer"]

    if given.database:
        measure(given, binary, given.database, os.environ.get("DIZHANG_TOKEN") or sys.exit("DIZHANG_TOKEN holds no token"))
    elif given.postgres:
        with common.Postgres() as url:
            measure(given, binary, url, loaded(url))
    else:
        with tempfile.TemporaryDirectory(prefix="dizhang-bench.") as folder:
            database = f"sqlite:{folder}/bench.db"
            measure(given, binary, database, loaded(database))


main()
