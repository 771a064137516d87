# SPDX-License-Identifier: Apache-2.0
"""chart_is_safe.py CHART: what `helm template` wrote keeps the house rules that no schema knows.

Nobody is root, root file systems are read-only, capabilities are dropped, memory has limits, images are pinned, the name
of a pod is the name in the consumer group, mounts have volumes, and what is selected has those labels.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

FAULTS = []
DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"


def expect(holds, *words):
    if not holds:
        FAULTS.append(": ".join(str(word) for word in words))


def check_container(container, volumes):
    name, security = container["name"], container["securityContext"]
    expect(security["readOnlyRootFilesystem"] is True, name, "its root file system can be written")
    expect(security["allowPrivilegeEscalation"] is False, name, "it can get privileges")
    expect(security["capabilities"]["drop"] == ["ALL"], name, "it keeps capabilities")
    expect("memory" in container["resources"]["limits"], name, "its memory has no limit")
    expect(re.search(r":v?\d+\.\d+", container["image"]), name, f"{container['image']} is not pinned")
    for mount in container.get("volumeMounts", []):
        expect(mount["name"] in volumes, name, f"{mount['name']} is no volume")


def check_pods(stateful):
    spec = stateful["spec"]["template"]["spec"]
    expect(spec["securityContext"]["runAsNonRoot"] is True, "a pod may be root")
    expect(spec["automountServiceAccountToken"] is False, "a pod gets a token that it does not need")
    volumes = {volume["name"] for volume in spec["volumes"]}
    for container in spec["containers"] + spec.get("initContainers", []):
        check_container(container, volumes)
    program = next(each for each in spec["containers"] if each["name"] == "kentongan")
    names = {each["name"]: each.get("valueFrom") for each in program["env"]}
    field = names["KENTONGAN_JOURNAL_INSTANCE"]["fieldRef"]["fieldPath"]
    expect(field == "metadata.name", "the name in the consumer group is not that of the pod")
    labels = stateful["spec"]["template"]["metadata"]["labels"]
    expect(stateful["spec"]["selector"]["matchLabels"].items() <= labels.items(), "the set selects others")
    return labels


def keys_of(settings, path=""):
    for key, value in settings.items():
        if isinstance(value, dict):
            yield from keys_of(value, f"{path}{key}.")
        else:
            yield f"{path}{key}"


def check_keys(settings):
    """The program knows every key: docs/reference/configuration.md lists them, kafka.md the properties."""
    listed = set(re.findall(r"^\| `([\w.]+)` \|", (DOCS / "reference/configuration.md").read_text(), re.M))
    properties = (DOCS / "operations/kafka.md").read_text()
    for key in keys_of(settings):
        if key.startswith("journal.properties."):
            expect(f"`{key.removeprefix('journal.properties.')}`" in properties, key, "no property that is taken")
        else:
            general = re.sub(r"^(journal\.topics)\.\w+$", r"\1.ROLE", key)
            expect(general in listed, key, "no key of the configuration")


def check_config(parts):
    config = next(part for part in parts if part["kind"] == "ConfigMap" and part["metadata"]["name"].endswith("-config"))
    settings = yaml.safe_load(config["data"]["kentongan.yaml"])
    expect(settings["journal"]["type"] == "kafka", "the journal is not Kafka")
    check_keys(settings)
    expect(f"proxy_pass http://{settings['http']['listen']};" in config["data"]["door.conf"], "the door leads elsewhere")


def check_rules(part):
    """Alerts came through the templates whole."""
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        yaml.safe_dump(part["spec"], file)
        file.flush()
        checked = subprocess.run(["promtool", "check", "rules", file.name], capture_output=True, text=True)
    expect(checked.returncode == 0 and "{{ $labels.instance }}" in str(part), "PrometheusRule", checked.stderr)


def main():
    with open(sys.argv[1]) as file:
        parts = [part for part in yaml.safe_load_all(file) if part]
    stateful = next(part for part in parts if part["kind"] == "StatefulSet")
    labels = check_pods(stateful)
    check_config(parts)
    for part in parts:
        selector = part["spec"].get("selector") if part["kind"] in ("Service", "PodDisruptionBudget") else None
        if selector:
            wanted = selector.get("matchLabels", selector)
            expect(wanted.items() <= labels.items(), part["kind"], "selects nothing")
        if part["kind"] == "PrometheusRule":
            check_rules(part)
        if part["kind"] == "ScaledObject":
            expect(part["spec"]["scaleTargetRef"]["name"] == stateful["metadata"]["name"], "KEDA scales another set")
            expect("replicas" not in stateful["spec"], "two decide about the replicas")
    for fault in FAULTS:
        print(fault)
    print(f"{len(parts)} parts, {len(FAULTS)} faults")
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
