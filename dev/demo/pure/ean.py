"""EAN-13 codes of the range that GS1 leaves to shops (prefixes 20 to 29).

Source: GS1 General Specifications, section 7.9 "Check digit calculations" and the list of
GS1 prefixes (020-029 and 200-299: restricted circulation within a company).
"""

from __future__ import annotations

FIRST_PREFIX, LAST_PREFIX = 20, 29
_SERIAL_DIGITS = 10


def check_digit(digits: str) -> str:
    """Return the check digit of the twelve digits before it."""
    if len(digits) != 12 or not digits.isdecimal():
        raise ValueError(digits)
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return str(-total % 10)


def in_store_ean13(prefix: int, number: int) -> str:
    """Return the EAN-13 of an in-store number: prefix 20 to 29, number of ten digits."""
    if not FIRST_PREFIX <= prefix <= LAST_PREFIX:
        raise ValueError(prefix)
    if not 0 <= number < 10**_SERIAL_DIGITS:
        raise ValueError(number)
    digits = f"{prefix}{number:0{_SERIAL_DIGITS}d}"
    return digits + check_digit(digits)


def is_valid(code: str) -> bool:
    """Say whether the code is an EAN-13 with the right check digit."""
    return len(code) == 13 and code.isdecimal() and check_digit(code[:12]) == code[12]
