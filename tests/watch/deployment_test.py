# SPDX-License-Identifier: Apache-2.0
"""deployment_test.py KENTONGAN SOURCE: what deploy/compose and deploy/helm say fits the program and each other.

Commands have only options that the program has, its configuration is one that it takes, ports and paths lead where
something is, images are pinned, nobody is root, and the feed of the demo feeds a real service.
"""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

import yaml

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from service import Program, Service, ask, free_port  # noqa: E402

FAULTS = []
# Those that end by themselves.
ONE_SHOT = {"topics", "feed"}


def expect(holds, *words):
    if not holds:
        FAULTS.append(": ".join(str(word) for word in words))


def known_options(program, words):
    """The command is one that the program has, with these options."""
    names = [word for word in words if not word.startswith(("-", "/")) and not word.isdigit()]
    options = {word.split("=")[0] for word in words if word.startswith("--")}
    told = subprocess.run([program, *names, "--help"], capture_output=True, text=True)
    return told.returncode == 0 and options <= set(re.findall(r"--[\w-]+", told.stdout))


def is_hardened(name, service):
    user = str(service.get("user", "root")).split(":")[0]
    expect(user.isdigit() and user != "0", name, "its user is root or has no number")
    expect(service.get("read_only") is True, name, "its root file system can be written")
    expect(service.get("cap_drop") == ["ALL"], name, "it keeps capabilities")
    expect("no-new-privileges:true" in service.get("security_opt", []), name, "it can get new privileges")
    expect("mem_limit" in service, name, "its memory has no limit")
    expect(re.search(r":v?\d+\.\d+(\.\d+)?", service["image"]), name, f"{service['image']} is not pinned")
    expect(service.get("privileged") is not True, name, "it is privileged")
    watched = "test" in service.get("healthcheck", {})
    expect(watched != (name in ONE_SHOT), name, "it has no health check, or one that it needs not")
    for port in service.get("ports", []):
        expect(port.startswith("127.0.0.1:"), name, f"{port} is published beyond this machine")


def check_compose(program, source):
    folder = source / "deploy/compose"
    services = yaml.safe_load((folder / "docker-compose.yml").read_text())["services"]
    for name, service in services.items():
        is_hardened(name, service)
        for volume in service.get("volumes", []):
            host = volume.split(":")[0]
            expect(not host.startswith(".") or (folder / host).exists(), name, f"{host} is not there")
        if service["image"].startswith("kentongan") and "entrypoint" not in service:
            expect(known_options(program, service["command"]), name, f"{service['command']} is no command")
            expect("/etc/kentongan/kentongan.yaml" in service["command"], name, "it reads another configuration")
    instances = [service["environment"]["KENTONGAN_JOURNAL_INSTANCE"] for name, service in services.items()
                 if name.startswith("kentongan-")]
    expect(len(instances) == 2 and len(set(instances)) == 2, "two workers need two names", instances)
    return services


def check_ports(source, services):
    """The way of a scrape and of a look, from Grafana to the service."""
    door = (source / "deploy/compose/door.conf").read_text()
    config = yaml.safe_load((source / "deploy/compose/kentongan.yaml").read_text())
    listen = re.search(r"listen (\d+);", door)[1]
    expect(f"proxy_pass http://{config['http']['listen']};" in door, "the door leads to another port than http.listen")
    scrape = yaml.safe_load((source / "deploy/prometheus/prometheus.yml").read_text())
    job = next(job for job in scrape["scrape_configs"] if job["job_name"] == "kentongan")
    targets = job["static_configs"][0]["targets"]
    workers = [name for name in services if name.startswith("kentongan-")]
    expect(targets == [f"{name}:{listen}" for name in workers], "Prometheus scrapes others than the doors", targets)
    doors = {name: services[name] for name in services if name.startswith("door-")}
    lives = [services[name].get("network_mode") for name in workers]
    expect(lives == [f"service:{name}" for name in doors], "a worker has no door", lives)
    names = [name for door in doors.values() for name in door["networks"]["default"]["aliases"]]
    expect(names == workers, "the doors have other names", names)
    feeds = [services["feed"]["network_mode"], services["feed"]["command"]]
    expect(feeds == ["service:door-1", [f"http://{config['http']['listen']}"]], "the feed leads elsewhere", feeds)
    health = " ".join(services["door-1"]["healthcheck"]["test"])
    expect(f":{listen}/healthz" in health, "the door's health has another port")
    managers = scrape["alerting"]["alertmanagers"][0]["static_configs"][0]["targets"]
    expect(managers == ["alertmanager:9093"] and "alertmanager" in services, "no such Alertmanager", managers)
    grafana = source / "deploy/grafana/provisioning"
    sources = yaml.safe_load((grafana / "datasources/prometheus.yml").read_text())["datasources"]
    for each in sources:
        host, port = re.fullmatch(r"http://(\w+):(\d+)", each["url"]).groups()
        published = " ".join(services.get(host, {}).get("ports", []))
        expect(published.endswith(f":{port}"), f"Grafana asks {each['url']}, which is not there")
    provider = yaml.safe_load((grafana / "dashboards/kentongan.yml").read_text())["providers"][0]
    mounted = [volume.split(":")[1] for volume in services["grafana"]["volumes"]]
    expect(provider["options"]["path"] in mounted, "the dashboards are mounted elsewhere", mounted)


def check_image(program, source):
    """The Dockerfile copies what is there and installs what the program is linked with."""
    text = (source / "deploy/compose/Dockerfile").read_text()
    for words in re.findall(r"^COPY (?!--from)(.*)$", text, re.M):
        for path in [word for word in words.split() if not word.startswith("--")][:-1]:
            expect((source / path).exists(), "Dockerfile", f"{path} is not there")
    expect(re.search(r"^USER 10001:10001$", text, re.M), "Dockerfile", "its user is root")
    expect('"name": "release"' in (source / "CMakePresets.json").read_text(), "Dockerfile", "no such preset")
    listed = {line for line in (source / "deploy/compose/runtime-packages").read_text().splitlines() if line[0] != "#"}
    linked = re.findall(r"=> (/\S+)", subprocess.run(["ldd", program], capture_output=True, text=True).stdout)
    direct = subprocess.run(["objdump", "-p", program], capture_output=True, text=True, check=True).stdout
    needed = set(re.findall(r"NEEDED\s+(\S+)", direct))
    for library in linked:
        if pathlib.Path(library).name not in needed:
            continue
        if re.match(r"(libc|libm|libgcc_s|ld-linux.*)\.so", pathlib.Path(library).name):
            continue  # of every Debian
        found = subprocess.run(["dpkg", "-S", os.path.realpath(library)], capture_output=True, text=True)
        package = found.stdout.split(":")[0]
        expect(package in listed, "runtime-packages", f"{package} is missing, for {pathlib.Path(library).name}")


def check_configuration(program, source, folder):
    """The program takes the configuration: without a broker it waits, and ends cleanly when it is told to."""
    environment = {**os.environ, "KENTONGAN_JOURNAL_BROKERS": "127.0.0.1:1", "KENTONGAN_JOURNAL_INSTANCE": "worker-1",
                   "KENTONGAN_HTTP_LISTEN": "127.0.0.1:0"}
    log = pathlib.Path(folder) / "waiting.log"
    with log.open("w") as output:
        command = [program, "run", "--config", str(source / "deploy/compose/kentongan.yaml")]
        process = subprocess.Popen(command, cwd=source, env=environment, stdout=output, stderr=subprocess.STDOUT)
        for _ in range(600):
            if process.poll() is not None or "waiting for Kafka" in log.read_text():
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        code = process.wait(30)
    expect("waiting for Kafka" in log.read_text() and code == 0, "the program and compose's kentongan.yaml", code,
           log.read_text()[-500:])


def check_feed(program, source, folder):
    binaries = pathlib.Path(folder) / "bin"
    binaries.mkdir()
    (binaries / "kentongan").symlink_to(program)
    settings = {"FEED_EVENTS": "3000", "FEED_BATCH": "1000", "FEED_PAUSE": "0"}
    environment = {**os.environ, **settings, "PATH": f"{binaries}:{os.environ['PATH']}"}
    with Service(program, source / "rules", folder) as service:
        service.ready()
        fed = subprocess.run([source / "deploy/compose/feed", service.url], cwd=source, env=environment,
                             capture_output=True, text=True)
        sent = re.search(r"feed: (\d+) events sent", fed.stdout)
        expect(fed.returncode == 0 and sent, "feed", fed.stdout, fed.stderr)
        if sent:
            service.wait_until_read(int(sent[1]) * 9 // 10)


def check_door(program, source, folder):
    """A real nginx with the door's configuration before the service: it shows what watching needs, and takes nothing."""
    port = free_port()
    with Service(program, source / "rules", folder) as service:
        service.ready()
        door = (source / "deploy/compose/door.conf").read_text()
        door = door.replace("listen 8090;", f"listen 127.0.0.1:{port};").replace(
            "http://127.0.0.1:8080", f"http://127.0.0.1:{service.port}")
        temporary = "".join(f"{what}_temp_path {folder}/{what};\n"
                            for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        config = pathlib.Path(folder) / "nginx.conf"
        config.write_text(f"pid {folder}/nginx.pid;\ndaemon off;\nmaster_process off;\nerror_log stderr;\nevents {{}}\n"
                          f"http {{\n{temporary}{door}}}\n")
        with Program(["/usr/sbin/nginx", "-p", folder, "-c", str(config)], folder, "nginx") as nginx:
            url = f"http://127.0.0.1:{port}"
            nginx.wait_for("ready", lambda: ask(url + "/healthz")[0] == 204)
            expect("kentongan_build_info" in ask(url + "/metrics")[1], "door", "no metrics")
            expect(ask(url + "/readyz")[0] == 200 and ask(url + "/livez")[0] == 200, "door", "no probes")
            for path in ("/", "/v1/alerts", "/v1/events", "/v1/rules", "/metrics/", "/metrics/../v1/risk"):
                expect(ask(url + path)[0] == 404, "door", f"GET {path} is answered")
            for path in ("/metrics", "/v1/events", "/v1/rules/check", "/v1/alerts/x/actions"):
                expect(ask(url + path, b"{}")[0] in (403, 404), "door", f"POST {path} is answered")


def check_chart(source):
    """What the chart brings along is what stands elsewhere."""
    chart, deploy = source / "deploy/helm/kentongan", source / "deploy"
    for name in ("alerts.yml", "recording.yml"):
        same = (chart / "files" / name).read_bytes() == (deploy / "prometheus/rules" / name).read_bytes()
        expect(same, "helm", f"files/{name} is not deploy/prometheus/rules/{name}: copy it")
    values = yaml.safe_load((chart / "values.yaml").read_text())
    door = (chart / "files/door.conf").read_text().replace("{{ .Values.door.port }}", str(values["door"]["port"]))
    same = door == (deploy / "compose/door.conf").read_text()
    expect(same, "helm", "files/door.conf is not deploy/compose/door.conf")
    version = re.search(r"project\(kentongan VERSION (\S+)", (source / "CMakeLists.txt").read_text())[1]
    described = yaml.safe_load((chart / "Chart.yaml").read_text())
    expect(described["appVersion"] == version, "helm", f"appVersion is not {version}")
    images = re.findall(r"image: (\S+)", (deploy / "compose/docker-compose.yml").read_text())
    expect(f"kentongan:{version}" in images, "compose", f"its image is not kentongan:{version}")
    expect(values["door"]["image"] in images, "helm", "its door is another than that of compose")


def main():
    program, source = sys.argv[1], pathlib.Path(sys.argv[2])
    services = check_compose(program, source)
    check_ports(source, services)
    check_image(program, source)
    check_chart(source)
    with tempfile.TemporaryDirectory() as folder:
        check_configuration(program, source, folder)
        check_feed(program, source, folder)
    with tempfile.TemporaryDirectory() as folder:
        check_door(program, source, folder)
    for fault in FAULTS:
        print(fault)
    print(f"{len(services)} services, {len(FAULTS)} faults")
    sys.exit(1 if FAULTS or len(services) < 10 else 0)


if __name__ == "__main__":
    main()
