# SPDX-License-Identifier: Apache-2.0
"""usage: starter.py FD SECONDS COMMAND..

Runs the command, and writes its CPU seconds and the peak of its resident memory in KiB to the file descriptor. A process of
its own, because until its exec a child has the size of who started it, which would count as its peak: this one is small.
"""
import os
import signal
import sys

child = os.fork()
if child == 0:
    os.set_inheritable(int(sys.argv[1]), False)
    try:
        os.execvp(sys.argv[3], sys.argv[3:])
    except OSError as why:
        os.write(2, f"{sys.argv[3]}: {why.strerror}\n".encode())
    os._exit(127)
for number in (signal.SIGALRM, signal.SIGTERM):
    signal.signal(number, lambda *_: os.kill(child, signal.SIGKILL))
signal.alarm(int(sys.argv[2]))
_, status, usage = os.wait4(child, 0)
os.write(int(sys.argv[1]), f"{usage.ru_utime + usage.ru_stime} {usage.ru_maxrss}".encode())
code = os.waitstatus_to_exitcode(status)
sys.exit(code if code >= 0 else 128 - code)
