# SPDX-License-Identifier: Apache-2.0
"""A disk that is full, and has room again: on a real file system of a few MiB.

full_disk_test.py BINARY RULES

Needs to mount (root, or user name spaces); else it ends with exit code 77.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

from service import Service, report


def enter():
    """Again, in a mount name space of its own."""
    for unshare in (["unshare", "--mount"], ["unshare", "--mount", "--user", "--map-root-user"]):
        if subprocess.run([*unshare, "true"], stderr=subprocess.DEVNULL).returncode == 0:
            os.execvp(unshare[0], [*unshare, sys.executable, *sys.argv, "--inside"])
    print("no mount name space may be made here")
    sys.exit(77)


def main(binary, rules):
    folder = tempfile.mkdtemp()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", folder]).returncode != 0:
        print("nothing may be mounted here")
        sys.exit(77)
    ballast = pathlib.Path(folder) / "ballast"
    with Service(binary, rules, folder=folder) as service:
        status, text = service.post([report(0)])
        assert status == 202, text
        with open(ballast, "wb") as file:
            try:
                while True:
                    file.write(b"x" * 65536)
                    file.flush()
            except OSError:
                pass
        accepted, refused = 1, None
        for number in range(1, 400):
            status, text = service.post([report(number, text="x" * 20000)])
            if status == 503:
                refused = text
                break
            assert status == 202, text
            accepted += 1
        assert refused, "the disk never was full"
        print(refused)
        assert "no space is left on the disk" in refused and "free some space" in refused, refused
        assert service.get("/livez")[0] == 200
        doctor = subprocess.run([binary, "doctor", "--config", str(service.config)], capture_output=True, text=True)
        assert doctor.returncode == 1, doctor.stdout
        assert "fail  disk" in doctor.stdout, doctor.stdout
        ballast.unlink()
        # It goes on by itself, and what was answered with 202 is all there.
        service.wait_until(lambda: service.post([report("after")])[0] == 202, "it does not go on")
        service.wait_applied(accepted + 1)
        assert service.stop() == 0, service.log()
        log = service.log()
    assert "inputs were not stored" in log and "no space is left on the disk" in log, log
    assert len(log.splitlines()) < 200, "a full disk must not fill the log"
    print("a full disk was told, survived and left")


if sys.argv[-1] == "--inside":
    main(sys.argv[1], sys.argv[2])
else:
    enter()
