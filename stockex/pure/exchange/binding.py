"""For which counts we made a workbook: it carries their names as a property."""

from io import BytesIO
from zipfile import ZipFile

from .archive import DAMAGE, MAX_PART_BYTES

PROPERTY = "Stockex counts"
PART = "docProps/custom.xml"
SEPARATOR = ", "
MAX_PROPERTY = 255  # characters of a text property, as Excel writes it


def sessions_of(data: bytes) -> tuple[str, ...]:
    """Return the names of the counts that a workbook of ours belongs to; none for others."""
    from lxml import etree

    if not data.startswith(b"PK"):
        return ()
    try:
        with ZipFile(BytesIO(data)) as archive:
            if PART not in archive.namelist() or archive.getinfo(PART).file_size > MAX_PART_BYTES:
                return ()
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(archive.read(PART), parser)
    except DAMAGE:
        return ()
    for one in root:
        if one.get("name") == PROPERTY:
            return tuple("".join(map(str, one.itertext())).strip().split(SEPARATOR))
    return ()
