"""Whatever is sent, the answer is one that the API document declares, and never a 500.

schemathesis makes requests of all that the document allows and forbids: boundaries, wrong types,
missing and unknown fields, absent and wrong tokens, methods that are not there, odd Unicode.
"""

import os
import pathlib
import subprocess
import sys

from conftest import HERE, administrator

SECONDS_MAX = 400


def test_every_answer_is_one_the_document_declares(service, tmp_path):
    ran = subprocess.run(
        [
            pathlib.Path(sys.executable).parent / "schemathesis",
            f"--config-file={HERE / 'schemathesis.toml'}",
            "run",
            f"{service.url}/openapi.json",
            "--checks=all",
        ],
        # Its leavings, if any, go to the test's own folder.
        cwd=tmp_path,
        env={**os.environ, "DIZHANG_TOKEN": administrator(service)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS_MAX,
    )
    print(ran.stdout)
    assert ran.returncode == 0, f"schemathesis found answers that the document does not declare:\n{ran.stdout[-20000:]}"
