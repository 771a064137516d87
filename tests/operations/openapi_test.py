# SPDX-License-Identifier: Apache-2.0
"""docs/openapi.yaml against the running service: every operation is asked, with every example that the file gives and
with ids that exist; each answer has a status and a body that the file describes.

openapi_test.py BINARY ROOT
"""

import json
import pathlib
import sys

import yaml
from jsonschema import Draft202012Validator

from service import Service

BINARY, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
DOCUMENT = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text(encoding="utf-8"))
failures = []


def resolved(part):
    """References replaced by what they name, everywhere below."""
    if isinstance(part, list):
        return [resolved(item) for item in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        target = DOCUMENT
        for name in part["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        return resolved(target)
    return {key: resolved(value) for key, value in part.items()}


def expect(condition, what):
    if not condition:
        failures.append(what)


def check_answer(operation, name, status, headers, text):
    response = operation["responses"].get(str(status))
    expect(response is not None, f"{name}: status {status} is not described\n  {text[:300]}")
    if not response or "content" not in response:
        return
    kind = headers.get("Content-Type", "").split(";")[0]
    expect(kind in response["content"], f"{name}: {status} came as {kind}")
    if kind not in response["content"] or "json" not in kind:
        return
    for error in Draft202012Validator(response["content"][kind]["schema"]).iter_errors(json.loads(text)):
        failures.append(f"{name}: {status} at /{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")


def examples_of(schema):
    found = list(schema.get("examples", []))
    for part in schema.get("oneOf", []):
        found += examples_of(part)
    if schema.get("type") == "array":
        found += [[example] for example in examples_of(schema.get("items", {}))]
    return found


def bodies_of(operation):
    """(content type, bytes) of every example of a request body, and of an empty and a broken one."""
    for kind, media in operation.get("requestBody", {}).get("content", {}).items():
        for example in examples_of(media.get("schema", {})):
            yield kind, (json.dumps(example) + "\n").encode()
        yield kind, b""
        yield kind, b"{\"specversion\""
    if "requestBody" in operation:
        yield "text/plain", b"x"


def queries_of(operation):
    yield ""
    for parameter in operation.get("parameters", []):
        if parameter["in"] != "query":
            continue
        schema = parameter["schema"]
        for value in [*schema.get("enum", []), *schema.get("examples", [])]:
            yield f"?{parameter['name']}={value}"
        yield f"?{parameter['name']}=%00%ff"


def main():
    asked = 0
    day = (ROOT / "deploy/example/malang-day.ndjson").read_text(encoding="utf-8")
    with Service(BINARY, ROOT / "rules") as service:
        status, text = service.post([day])
        expect(status == 202, f"the example day: {status}")
        service.wait_applied(json.loads(text)["accepted"])
        service.wait_until(lambda: json.loads(service.get("/v1/alerts")[1])["alerts"], "no alert")
        alert = json.loads(service.get("/v1/alerts")[1])["alerts"][0]["alert"]
        known = {"id": [alert, "35.73-none"], "code": ["35.73.02.1004", "35.73.02", "35.73", "99.99"],
                 "link": ["x.y"]}
        for pattern, path_item in resolved(DOCUMENT["paths"]).items():
            placeholder = pattern[pattern.find("{") + 1:pattern.find("}")] if "{" in pattern else None
            for value in known.get(placeholder, [""]):
                path = pattern.replace(f"{{{placeholder}}}", value)
                for method, operation in path_item.items():
                    if method == "parameters":
                        continue
                    for query in queries_of(operation):
                        for kind, body in list(bodies_of(operation)) or [(None, None)]:
                            name = f"{method.upper()} {path}{query} {kind or ''} {(body or b'')[:60]}"
                            status, headers, text = service.ask(method.upper(), path + query, body, kind)
                            check_answer(operation, name, status, headers, text if method != "head" else "{}")
                            asked += 1
        # An action as the file describes it, on an alert that there is.
        status, _, text = service.ask("POST", f"/v1/alerts/{alert}/actions",
                                      b'{"action":"acknowledge","actor":{"ref":"o-1","role":"lurah"}}', "application/json")
        expect(status == 202, f"an action: {status} {text}")
        expect(service.stop() == 0, "it did not stop cleanly")
    for failure in failures:
        print("FAILED", failure)
    print(f"{asked} requests, {len(failures)} failed")
    return 1 if failures or asked < 60 else 0


sys.exit(main())
