# SPDX-License-Identifier: Apache-2.0
"""Everything in the tutorials and cookbooks works as it is written.

tutorial_test.py KENTONGAN SOURCE: in an empty folder beside `rules` and `deploy` of the source tree each page is done
from top to bottom. A yaml block is written to the file that the line before it names in backticks, an sh block is run, and a text
block must be what the sh block before it printed. Each yaml block of a cookbook also passes by itself, without the files
before it. KENTONGAN_UPDATE=1 writes the text blocks anew: read the difference.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

# The languages of a page say the same, block by block.
TUTORIAL = ["tutorial.en.md", "tutorial.id.md"]
COOKBOOK = ["cookbook.en.md", "cookbook.id.md"]
EXPLAIN = ["explain.en.md", "explain.id.md"]
BLOCK = re.compile(r"^```(yaml|sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run(command, folder, program):
    path = f"{pathlib.Path(program).resolve().parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(["bash", "-c", command], cwd=folder, env={**os.environ, "PATH": path, "NO_COLOR": "1"},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False)
    return done.stdout


def file_named_before(text, at):
    """The last name in backticks of the paragraph that ends at `at`."""
    paragraph = text[:at].rstrip("\n").rsplit("\n\n", 1)[-1]
    names = re.findall(r"`([^`]+\.yaml)`", paragraph)
    return names[-1] if names else None


def follow(page, program, source, faults):
    """Does what the page says; returns its text with what the commands printed."""
    text = page.read_text()
    written, printed, last = [], None, 0
    with tempfile.TemporaryDirectory() as folder:
        for beside in ("rules", "deploy"):
            (pathlib.Path(folder) / beside).symlink_to(source / beside)
        for block in BLOCK.finditer(text):
            kind, content = block.groups()
            if kind == "yaml":
                name = file_named_before(text, block.start())
                if name is None:
                    faults.append(f"{page.name}: no file is named before a yaml block: {content[:60]}")
                else:
                    (pathlib.Path(folder) / name).write_text(content)
            elif kind == "sh":
                printed = run(content, folder, program)
            else:
                if content != printed:
                    faults.append(f"{page.name}: the text says\n{content}\nbut the command printed\n{printed}")
                written.append(text[last:block.start(2)] + str(printed))
                last = block.end(2)
    return "".join(written) + text[last:]


def passes_alone(page, program, source, faults):
    """Who copies one pattern has a rule without a warning, and stories that pass and leave nothing untried."""
    text = page.read_text()
    for block in BLOCK.finditer(text):
        if block[1] != "yaml":
            continue
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "rule.yaml").write_text(block[2])
            reference = source / "rules/reference"
            printed = run(f"kentongan check rule.yaml --strict --reference {reference} >&2 && "
                          f"kentongan test rule.yaml --coverage --reference {reference}", folder, program)
        if not re.search(r"^[1-9][0-9]* passed, 0 failed$", printed, re.MULTILINE) or "was never" in printed:
            faults.append(f"{page.name}: {file_named_before(text, block.start())} by itself:\n{printed}")


def shape(text):
    """The kinds of the blocks, and the heading levels."""
    return re.findall(r"^(#+) |^```([a-z]+)$", text, re.MULTILINE)


def check(names, folder, program, source, faults):
    shapes = set()
    for name in names:
        page = folder / name
        text = follow(page, program, source, faults)
        shapes.add(str(shape(text)))
        if "KENTONGAN_UPDATE" in os.environ:
            page.write_text(text)
        if not BLOCK.search(text):
            faults.append(f"{name} has no blocks")
    if len(shapes) != 1:
        faults.append(f"{' and '.join(names)} differ in their headings or blocks")


def main():
    program, source = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    folder = source / "docs/authors"
    faults = []
    for names in (TUTORIAL, COOKBOOK, EXPLAIN):
        check(names, folder, program, source, faults)
    for name in COOKBOOK:
        passes_alone(folder / name, program, source, faults)
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


main()
