"""Two years of a real shop's stock, for judging features on something nobody here wrote.

`ledger.py` is arithmetic on the files, `loader.py` writes products and stock, `replay.py` runs
the shop's own stock corrections through count sessions. The files stay outside the project:
their folder is given, by default `../shared/data`.
"""

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data"
