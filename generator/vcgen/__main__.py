"""The process of the command line: `vcgen`, and `python -m vcgen`."""

import gc

from vcgen.cli import main


def run() -> None:
    """Run the command line and exit, in a process that does nothing else."""
    # Little of what a run makes is garbage, and to look for it often takes 9 % of the time.
    gc.freeze()
    gc.set_threshold(1_000_000, 20, 100)
    try:
        main()
    finally:
        gc.freeze()  # the end of the process is no time to look for it either


if __name__ == "__main__":
    run()
