# SPDX-License-Identifier: Apache-2.0
"""Everything in the tutorials works as it is written.

tutorial_test.py KENTONGAN SOURCE: in an empty folder beside `rules` of the source tree each tutorial is done from top to
bottom. A yaml block is written to the file that the line before it names in backticks, an sh block is run, and a text
block must be what the sh block before it printed. KENTONGAN_UPDATE=1 writes the text blocks anew: read the difference.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

TUTORIALS = ["tutorial.en.md", "tutorial.id.md"]
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
    """Does the tutorial; returns its text with what the commands printed."""
    text = page.read_text()
    written, printed, last = [], None, 0
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "rules").symlink_to(source / "rules")
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


def shape(text):
    """The kinds of the blocks, and the heading levels: the two languages have the same."""
    return re.findall(r"^(#+) |^```([a-z]+)$", text, re.MULTILINE)


def main():
    program, source = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    faults = []
    shapes = set()
    for name in TUTORIALS:
        page = source / "docs/authors" / name
        text = follow(page, program, source, faults)
        shapes.add(str(shape(text)))
        if "KENTONGAN_UPDATE" in os.environ:
            page.write_text(text)
        if not BLOCK.search(text):
            faults.append(f"{name} has no blocks")
    if len(shapes) != 1:
        faults.append("the tutorials differ in their headings or blocks")
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


main()
