"""Small trees with a planted violation."""

import json
from collections.abc import Mapping
from pathlib import Path

from .tree import Tree


def plant(root: Path, planted: Mapping[str, str], **manifests: Mapping[str, object]) -> Tree:
    """Write files below a folder; an addon gets a manifest, with the values given for it."""
    for name in {path.split("/")[0] for path in planted} | set(manifests):
        if name.startswith("stockex"):
            (root / name).mkdir(exist_ok=True)
            text = json.dumps(dict(manifests.get(name, {})))
            (root / name / "__manifest__.py").write_text(text + "\n")
    for path, text in planted.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return Tree(root)
