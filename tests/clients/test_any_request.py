"""Whatever is sent, the answer is one that the API document declares, and never a 500.

schemathesis makes requests of all that the document allows and forbids: boundaries, wrong types,
missing and unknown fields, absent and wrong tokens, methods that are not there, odd Unicode. It
works on the demonstration county, as a clerk, with no valid token, and as an administrator, who
comes last: that run disables the others' accounts.
"""

import os
import pathlib
import subprocess
import sys

from conftest import HERE

SECONDS_MAX = 600

# Role and examples that are tried beyond the boundaries; PostgreSQL is reached by the same code, so by fewer.
RUNS = {
    "sqlite": [("clerk", 12), ("nobody", 3), ("admin", 6)],
    "postgres": [("clerk", 4)],
}


def schemathesis(service, folder, token, examples):
    return subprocess.run(
        [
            pathlib.Path(sys.executable).parent / "schemathesis",
            f"--config-file={HERE / 'schemathesis.toml'}",
            "run",
            f"{service.url}/openapi.json",
            f"--max-examples={examples}",
        ],
        # Its leavings, if any, go to the test's own folder.
        cwd=folder,
        env={**os.environ, "DIZHANG_TOKEN": token},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS_MAX,
    )


def test_every_answer_is_one_the_document_declares(service, tmp_path):
    printed = service.run("demo-data", "--plots", "60")
    tokens = dict(line.split()[1:] for line in printed.splitlines() if line.startswith("token "))
    for role, examples in RUNS[service.kind]:
        ran = schemathesis(service, tmp_path, tokens.get(role, "dizhang_of-nobody"), examples)
        print(ran.stdout)
        assert ran.returncode == 0, f"as {role}, answers that the document does not declare:\n{ran.stdout[-20000:]}"
    service.run("verify", "--county", "410183")
