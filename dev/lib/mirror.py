"""Find the Debian mirror that the machine's apt already uses."""

TARGET_FORMAT = "$(CREATED_BY)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(ORIGIN)|$(LABEL)"


def find_mirror(targets: str) -> str | None:
    """Choose the mirror of the Debian archive from `apt-get indextargets`.

    Origin and label are known only after the first `apt-get update`; before, apt
    prints the placeholder itself, and the address has to tell.

    :param targets: lines in TARGET_FORMAT.
    """
    known, guessed = [], []
    for row in targets.splitlines():
        fields = row.strip().split("|")
        if len(fields) != 6 or fields[0] != "Packages" or fields[3] != "main":
            continue
        uri, release, origin, label = fields[1], fields[2], fields[4], fields[5]
        if "security" in f"{uri} {release} {label}".lower():
            continue
        if origin == "Debian" and label == "Debian":
            known.append(uri)
        elif origin.startswith("$(") and uri.rstrip("/").endswith("/debian"):
            guessed.append(uri)
    found = known + guessed
    return found[0].rstrip("/") if found else None
