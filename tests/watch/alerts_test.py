# SPDX-License-Identifier: Apache-2.0
"""alerts_test.py PROMETHEUS RUNBOOKS: each alert has a page, each page an alert, and each alert a test that fires and
one that stays silent. What alerts ask for is in docs/reference/metrics.md, or comes with other parts of the program.
docs/operations/monitoring.md lists them all, and no link of these pages leads nowhere.
"""

import pathlib
import re
import sys

import yaml

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import dashboards_test as known  # noqa: E402

SECTIONS = ["## What it means", "## What to look at", "## What to do"]


def tested(folder):
    """Names of alerts that a unit test expects to fire, and those that it expects to be silent."""
    fires, silent = set(), set()
    for path in folder.glob("*.yml"):
        for test in yaml.safe_load(path.read_text())["tests"]:
            for one in test.get("promql_expr_test", []):
                name = re.search(r'alertname="(\w+)"', one["expr"])[1]
                (fires if one["exp_samples"] else silent).add(name)
    return fires, silent


def faults_of(alert, runbooks):
    name = alert["alert"]
    page = runbooks / f"{name}.md"
    annotations = alert.get("annotations", {})
    if not re.fullmatch(r"Kentongan[A-Z]\w+", name):
        yield "its name does not begin with Kentongan"
    if alert.get("labels", {}).get("severity") not in ("page", "ticket"):
        yield "its severity is not page or ticket"
    for key in ("summary", "ringkasan", "description"):
        if len(annotations.get(key, "")) < 15:
            yield f"it has no {key}"
    if annotations.get("runbook_url") != f"docs/runbooks/{name}.md":
        yield "its runbook_url is not its page"
    if not page.exists():
        yield "it has no page"
        return
    lines = page.read_text().splitlines()
    if lines[0] != f"# {name}" or lines[2] != f"Severity: {alert['labels']['severity']}.":
        yield "its page has another name or severity"
    if [line for line in lines if line.startswith("## ")] != SECTIONS:
        yield "its page does not say what it means, what to look at and what to do"


def dead_ends(page):
    """Relative links of a page, and paths below deploy/ that it names, that lead nowhere."""
    text = page.read_text()
    source = next(folder for folder in page.resolve().parents if (folder / "CMakePresets.json").exists())
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", text):
        if not (page.parent / target).exists():
            yield f"{page.name}: {target} is not there"
    for path in re.findall(r"\bdeploy/[\w/.-]*\w", text):
        if not (source / path).exists():
            yield f"{page.name}: {path} is not there"


def main():
    prometheus, runbooks = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    groups = yaml.safe_load((prometheus / "rules" / "alerts.yml").read_text())["groups"]
    alerts = [rule for group in groups for rule in group["rules"]]
    metrics = {**known.OF_DELIVERY, **known.OF_PROMETHEUS, **known.metrics_of(runbooks.parent / "reference/metrics.md")}
    records = known.recorded(prometheus / "rules" / "recording.yml")
    fires, silent = tested(prometheus / "tests")
    faults = []
    for alert in alerts:
        name = alert["alert"]
        faults += [f"{name}: {fault}" for fault in faults_of(alert, runbooks)]
        if name not in fires or name not in silent:
            faults.append(f"{name}: no test expects it to {'be silent' if name in fires else 'fire'}")
    expressions = [alert["expr"] for alert in alerts] + re.findall(
        r"expr: >-\n((?:\s{10}.*\n)+)", (prometheus / "rules" / "recording.yml").read_text()
    )
    for expression in expressions:
        for metric in re.findall(r"\b(?:kentongan|process)_\w+", re.sub(r"job\w*:\S+", "", expression)):
            if metric not in metrics and known.base(metric) not in metrics:
                faults.append(f"{metric} is not in docs/reference/metrics.md")
        for record in re.findall(r"\bjob\w*:[\w:]+", expression):
            if record not in records:
                faults.append(f"{record} is not recorded")
    names = {alert["alert"] for alert in alerts}
    told = (runbooks.parent / "operations" / "monitoring.md").read_text()
    for alert in alerts:
        row = f"| [{alert['alert']}](../runbooks/{alert['alert']}.md) | {alert['labels']['severity']} | "
        if row not in told:
            faults.append(f"{alert['alert']}: docs/operations/monitoring.md does not list it")
    if told.count("(../runbooks/") != len(alerts):
        faults.append("docs/operations/monitoring.md lists others")
    faults += [f"{path.name}: there is no such alert" for path in runbooks.glob("*.md") if path.stem not in names]
    for page in [*runbooks.glob("*.md"), runbooks.parent / "operations" / "monitoring.md"]:
        faults += dead_ends(page)
    for fault in faults:
        print(fault)
    print(f"{len(alerts)} alerts, {len(faults)} faults")
    sys.exit(1 if faults or len(alerts) != len(names) or len(alerts) < 20 else 0)


if __name__ == "__main__":
    main()
