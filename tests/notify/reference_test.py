#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What webhooks are sent, held against the reference library of Standard Webhooks. One argument: the Python of the environment
that tests/notify/install made.

    KENTONGAN_BINARY=.. tests/notify/reference_test.py build/notify/bin/python
"""
import base64
import json
import subprocess
import sys
import tempfile

import counterparts
from office import SECRET, Office, person

VERIFY = """
import base64, json, sys
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
for line in sys.stdin:
    one = json.loads(line)
    try:
        Webhook(one["secret"]).verify(base64.b64decode(one["body"]), one["headers"])
        print("good")
    except WebhookVerificationError as error:
        print("refused:", error)
"""


def main():
    web = counterparts.Web()
    with tempfile.TemporaryDirectory() as folder:
        office = Office(folder, [person("lurah-1", ("webhook", web.url + "/hook"))], {"webhook": {"secret": "env:HOOK_SECRET"}})
        assert office.start(), office.log.read_text()
        try:
            for text in ("biasa", "kutip \" dan \\ dan \u00e9\U0001F6A8", "x" * 3000):
                office.report(f"35.73.02.10{office.number + 1:02d}", text=text)
            requests = web.wait(lambda: len(web.told("/hook")) == 3 and web.told("/hook"))
            assert requests, office.log.read_text()
        finally:
            office.stop()
    other = "whsec_" + base64.b64encode(b"x" * 32).decode()
    cases = [(SECRET, one["raw"], "good") for one in requests]
    cases += [(SECRET, requests[0]["raw"] + b" ", "refused"), (other, requests[0]["raw"], "refused")]
    headers = [one["headers"] for one in requests] + [requests[0]["headers"]] * 2
    lines = "".join(json.dumps({"secret": secret, "body": base64.b64encode(raw).decode(),
                                "headers": {name.lower(): value for name, value in head.items()}}) + "\n"
                    for (secret, raw, _), head in zip(cases, headers))
    said = subprocess.run([sys.argv[1], "-c", VERIFY], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    wrong = [(answer, expected) for answer, (_, _, expected) in zip(said, cases, strict=True) if not answer.startswith(expected)]
    print(f"{len(said)} judged by the reference library, {len(wrong)} otherwise than expected {wrong or ''}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
