"""Developer tools of the Stockex suite: `python3 -m dev help`."""
