"""The entry point: takes charge of signals before anything else is imported, then runs the command.

Nothing may be imported here, or by the packages above, that takes time: a signal before the handlers are there ends
the process in Python's own way, with a traceback.
"""

from __future__ import annotations

import sys
import time

from reconciler.cli.interrupts import Interrupts, interrupted_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code. No exception leaves this function.

    Without `arguments` those of the process are taken, and the process is about to end with the code.
    """
    interrupts = Interrupts(sys._getframe(), time.monotonic)
    try:
        interrupts.catch()
        from reconciler.cli.streams import open_missing_streams

        open_missing_streams()
        from reconciler.cli.run import run

        code = run(sys.argv[1:] if arguments is None else list(arguments))
        interrupts.stop()
    except KeyboardInterrupt:
        interrupts.stop()
        from reconciler.cli.output import warn

        warn(interrupted_text())
        code = INTERRUPTED
    interrupts.restore(ending=arguments is None)
    return code


if __name__ == "__main__":
    sys.exit(main())
