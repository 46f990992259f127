"""Headers as people write them, brought to one form."""

import re
import unicodedata

UNITS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# "inventoryQuantity" and "ProductCode" are two words each.
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
WORDS = re.compile(r"[^\W_]+")
# "n°" and "№" are numbers.
NUMBER_SIGN = re.compile(r"\bn\s?[°º]|№|#", re.IGNORECASE)
LITTLE = frozenset(("a", "d", "in", "of", "the")) | frozenset(
    ("au", "aux", "de", "des", "du", "en", "et", "l", "la", "le", "les", "un", "une")
)
LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})
# Where a little word carries the meaning.
KEPT = {"compte le", "inventorie le", "scanne le", "assigne a"}


def normalise(header: str) -> str:
    """Take case, accents, punctuation, units in brackets, plural and little words away.

    >>> normalise("Qtés comptées (kg) *"), normalise("Code d’article")
    ('qte comptee', 'code article')

    :return: words with one space between, or "".
    """
    text = NUMBER_SIGN.sub(" no ", UNITS.sub(" ", header).translate(LIGATURES))
    text = unicodedata.normalize("NFKD", CAMEL.sub(" ", text))
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).lower()
    words = [_singular(word) for word in WORDS.findall(text)]
    if " ".join(words) in KEPT:
        return " ".join(words)
    return " ".join(word for word in words if word not in LITTLE)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
