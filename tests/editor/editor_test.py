# SPDX-License-Identifier: Apache-2.0
"""Rule files in an editor: `kentongan schema` in the YAML language server that VS Code and others use.

Usage: editor_test.py KENTONGAN SOURCES FOLDER-OF-THE-SERVER
Good files are without a finding, bad ones have one at the right line, hover tells in both languages what a key means,
and completion lists keys and words.
"""

import pathlib
import subprocess
import sys
import tempfile

from language_server import LanguageServer

CURSOR = "|"

# A rule file with a mistake that a schema can see, the line of it, and a part of what is said.
BAD = {
    "unknown key of a rule": ("version: 1\nrules:\n  - id: a\n    chek: {}\n", 4, "chek"),
    "unknown level": (
        "version: 1\nrules:\n  - id: a\n    check: {}\n    alert:\n      level: merah\n      message: {id: P}\n",
        6,
        "waspada",
    ),
    "wrong type": ("version: 1\nrules:\n  - id: a\n    count: {at_least: banyak, within: 1h}\n", 4, "integer"),
    "duration without a unit": ("version: 1\nrules:\n  - id: a\n    score: {add: 1, half_life: 24}\n", 4, ""),
    "field of no event": ("version: 1\nrules:\n  - id: a\n    match: {severty: 3}\n    check: {}\n", 4, "severty"),
    "rules are no list": ("version: 1\nrules: {id: a}\n", 2, "array"),
}

RULE = "version: 1\nrules:\n  - id: a\n    match: {category: hoax}\n    count: {at_least: 3, within: 24h}\n    alert:\n"

# Where the cursor stands, and what hover must say there: in Indonesian and in English.
HOVER = {
    RULE.replace("at_least", "at|_least"): ("Berapa kejadian", "How many events"),
    RULE.replace("within", "wit|hin"): ("Panjang rentang waktu", "Length of the window"),
    RULE.replace("    alert", "    al|ert"): ("Apa yang disampaikan", "What is said, and to whom"),
    RULE.replace("category", "cate|gory"): ("Kategori", "Category of the taxonomy"),
    "ver|sion: 1\nrules: []\n": ("Versi bahasa aturan", "Version of the rule language"),
}

# Where the cursor stands, and some of what completion must offer.
COMPLETION = {
    "version: 1\nrules:\n  - id: a\n    |\n": {"check", "score", "count", "match", "when", "alert", "tests"},
    RULE + "      |\n": {"level", "message", "to", "escalate", "quiet_for"},
    RULE + "      level: |\n": {"waspada", "siaga", "awas"},
    "version: 1\nrules:\n  - id: a\n    score:\n      |\n": {"add", "half_life", "spill"},
    "version: 1\nrisk:\n  |\n": {"levels", "voice", "rollup"},
}


def position_of(text):
    before = text[: text.index(CURSOR)]
    return {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}


def text_of_hover(answer):
    contents = (answer or {}).get("contents", "")
    return contents if isinstance(contents, str) else contents.get("value", "")


def bad_faults(server, uri_of):
    for name, (text, line, says) in BAD.items():
        found = server.open(uri_of(name), text)
        here = [d for d in found if d["range"]["start"]["line"] + 1 == line]
        if not here:
            yield f"{name}: no finding in line {line}, but {[(d['range'], d['message']) for d in found]}"
        elif not any(says in d["message"] for d in here):
            yield f"{name}: {says} is not said, but {[d['message'] for d in here]}"


def good_faults(server, uri_of, files):
    for file in files:
        for found in server.open(uri_of(file.name), file.read_text()):
            yield f"{file}:{found['range']['start']['line'] + 1}: {found['message']}"


def hover_faults(server, uri_of):
    for number, (marked, texts) in enumerate(HOVER.items()):
        uri = uri_of(f"hover-{number}")
        server.open(uri, marked.replace(CURSOR, ""))
        shown = text_of_hover(
            server.ask("textDocument/hover", textDocument={"uri": uri}, position=position_of(marked))
        )
        plain = shown.replace("\\", "")
        for text in texts:
            if text not in plain:
                yield f"hover over {marked!r} does not say {text!r}, but {shown!r}"


def completion_faults(server, uri_of):
    for number, (marked, wanted) in enumerate(COMPLETION.items()):
        uri = uri_of(f"completion-{number}")
        server.open(uri, marked.replace(CURSOR, ""))
        answer = server.ask("textDocument/completion", textDocument={"uri": uri}, position=position_of(marked))
        offered = {item["label"] for item in (answer if isinstance(answer, list) else answer["items"])}
        if not wanted <= offered:
            yield f"completion at {marked!r} lacks {sorted(wanted - offered)}, it offers {sorted(offered)}"


def main():
    program, sources, installed = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    schema_text = subprocess.run([program, "schema"], capture_output=True, check=True).stdout
    good = sorted((sources / "tests/rules/files").glob("*.good.yaml"))
    good = [file for file in good if not file.read_bytes().startswith(b"\xef\xbb\xbf")]
    good += [file for file in sorted((sources / "rules").rglob("*.yaml")) if "reference" not in file.parts]
    with tempfile.TemporaryDirectory() as folder:
        schema = pathlib.Path(folder) / "kentongan-rules.schema.json"
        schema.write_bytes(schema_text)
        yaml = {
            "validate": True,
            "hover": True,
            "completion": True,
            "schemas": {schema.as_uri(): "*.yaml"},
            "schemaStore": {"enable": False, "url": ""},
        }
        command = [str(installed / "node_modules/.bin/yaml-language-server"), "--stdio"]

        def uri_of(name):
            return (pathlib.Path(folder) / (name.replace(" ", "-").removesuffix(".yaml") + ".yaml")).as_uri()

        with LanguageServer(command, folder, {"yaml": yaml}) as server:
            faults = [*bad_faults(server, uri_of), *good_faults(server, uri_of, good)]
            faults += [*hover_faults(server, uri_of), *completion_faults(server, uri_of)]
    print(f"{len(BAD)} bad files, {len(good)} good ones, {len(HOVER)} hovers, {len(COMPLETION)} completions")
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


main()
