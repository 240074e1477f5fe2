"""Runs one program and writes its cost as JSON to the first file: `spawn.py RESULT PROGRAM ARGUMENT…`.

This is a small process between the benchmark and the program. Linux counts the parent's memory as its child's peak, so
the parent has to be smaller than every measured program: start it with `python -I -S`.
"""

import json
import os
import sys
import time

result, *command = sys.argv[1:]
started = time.monotonic()
pid = os.posix_spawnp(command[0], command, os.environ)
_, status, usage = os.wait4(pid, 0)
wall = time.monotonic() - started
with open(result, "w", encoding="utf-8") as file:
    json.dump(
        {
            "code": os.waitstatus_to_exitcode(status),
            "wall_s": wall,
            "cpu_s": usage.ru_utime + usage.ru_stime,
            "peak_mb": usage.ru_maxrss / 1024,
        },
        file,
    )
