#!/usr/bin/env python3
"""A calculation over HTTP against a bare handler in the same App.

    benches/http_calculation.py [--seconds 10] [--rounds 3] [--connections 16] [--binary PATH]

The bare handler sits behind the same middleware, reads the same body and answers fixed bytes, as
many as the calculation's answer has; so the ratio is what reading, deciding and writing cost. wrk
sends the same request to both in turn. The bar: at least half as many requests a second. The
release binary is built first, unless --binary names one.
"""

import argparse
import json
import pathlib
import sys
import tempfile
import urllib.request

import common

BAR = 0.5
DOCUMENT = common.ROOT / "openapi" / "dizhang.json"


def example(path):
    """The path's request example in the API document: what is measured is what is documented."""
    document = json.loads(DOCUMENT.read_text())
    content = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
    shown = content if "example" in content else content["schema"]
    while "$ref" in shown:
        shown = document["components"]["schemas"][shown["$ref"].rsplit("/", 1)[1]]
    return shown["example"]


def post(url, body):
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seconds", type=int, default=10)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--connections", type=int, default=16)
    arguments.add_argument("--binary", type=pathlib.Path)
    arguments.add_argument("paths", nargs="*", default=[f"/api/v1/calculations/{name}" for name in ("flexible-price", "floor-area")])
    given = arguments.parse_args()
    common.need("wrk", "scripts/install --benches brings it")
    binary = given.binary or common.build_release()

    enough = True
    with tempfile.TemporaryDirectory(prefix="dizhang-wrk.") as folder, common.Program(binary, "--bench-routes", "--public-rate", "0") as base:
        for path in given.paths:
            body = json.dumps(example(path), ensure_ascii=False).encode()
            answer = post(base + path, body)
            script = pathlib.Path(folder) / "request.lua"
            quoted = "".join(f"\\{byte}" if len(str(byte)) == 3 else f"\\{byte:03}" for byte in body)
            script.write_text(f'wrk.method = "POST"\nwrk.body = "{quoted}"\nwrk.headers["Content-Type"] = "application/json"\n')
            bare = f"{base}/bench/bare?bytes={len(answer)}"
            if len(post(bare, body)) != len(answer):
                sys.exit("the bare handler's answer has another size")
            print(f"\n{path}: {len(body)} bytes in, {len(answer)} bytes out, {given.connections} connections")
            for warm in (bare, base + path):
                common.wrk(warm, script, 2, given.connections)
            results = common.in_turn(
                given.rounds,
                {
                    "bare handler": lambda: common.wrk(bare, script, given.seconds, given.connections),
                    "calculation": lambda: common.wrk(base + path, script, given.seconds, given.connections),
                },
            )
            enough = common.table(results, {"calculation": ("bare handler", BAR)}) and enough
    sys.exit(0 if enough else 1)


main()
