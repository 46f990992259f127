"""Run the project's commands: `python3 -m dev help`."""

import sys

from dev.lib.commands import main

sys.exit(main(sys.argv[1:]))
