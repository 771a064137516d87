# SPDX-License-Identifier: Apache-2.0
"""page_test.py KENTONGAN SOURCE: each `sh` block of the page about report and demo works as it stands there."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAM, SOURCE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
PAGE = SOURCE / "docs/operations/report-and-demo.md"


def main():
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "rules").symlink_to(SOURCE / "rules")
        for block in blocks:
            for command in block.splitlines():
                done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=120,
                                      env={**os.environ, "PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"},
                                      check=False)
                written = done.stdout or (">" in command and any(pathlib.Path(folder).glob("*.*")))
                if done.returncode != 0 or not written:
                    sys.exit(f"{command}: exit code {done.returncode}\n{done.stdout[-500:]}\n{done.stderr}")
    if len(blocks) != 2:
        sys.exit(f"{len(blocks)} blocks in {PAGE.name}")


main()
