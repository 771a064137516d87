# SPDX-License-Identifier: Apache-2.0
"""Scrapes from the first moment at which anything listens, while a journal with much in it is restored: an answer is
whole or there is none, promtool has nothing against it, and counters never run backwards.

startup_scrape_test.py BINARY RULES
"""

import json
import shutil
import subprocess
import sys

from service import Service

BINARY, RULES = sys.argv[1], sys.argv[2]


def main():
    events = subprocess.run([BINARY, "generate", "--seed", "3", "--days", "20", "--reference", f"{RULES}/reference"],
                            capture_output=True, text=True, check=True).stdout.splitlines(keepends=True)
    with Service(BINARY, RULES) as service:
        accepted = 0
        for begin in range(0, len(events), 500):
            status, text = service.post(events[begin:begin + 500])
            assert status in (202, 400), text
            accepted += json.loads(text).get("accepted", 0)
        # Killed with inputs that wait: the next start restores, and applies them.
        service.process.kill()
        service.process.wait()
        service.port = None
        service.start(wait=False)
        service.wait_until(service.listening, "it does not listen")
        scrapes, early, before = 0, 0, 0.0
        while True:
            ready = service.get("/readyz")[0] == 200
            status, text = service.get("/metrics")
            assert status == 200, (status, text)
            assert text.endswith("\n") and "kentongan_build_info" in text, "a scrape that is cut off"
            read = sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines()
                       if line.startswith("kentongan_events_total"))
            assert read >= before, "a counter ran backwards"
            before, scrapes, early = read, scrapes + 1, early + (not ready)
            if scrapes == 1 and shutil.which("promtool"):
                checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
                assert checked.returncode == 0 and not checked.stderr, checked.stderr
            if ready and service.metric("kentongan_consumer_lag_records") == 0:
                break
        assert service.stop() == 0
    print(f"{accepted} events, {scrapes} scrapes, {early} of them before it was ready")


main()
