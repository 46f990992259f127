from dev.lib.mirror import find_mirror

FRESH = """\
Packages|http://mirror.example/debian/|bookworm|main|$(ORIGIN)|$(LABEL)
Packages|http://mirror.example/debian-security/|bookworm-security|main|$(ORIGIN)|$(LABEL)
"""
UPDATED = """\
Translations|http://mirror.example/debian/|bookworm|main|Debian|Debian
Packages|http://mirror.example/debian-security/|bookworm-security|main|Debian|Debian-Security
Packages|http://tools.example/apt/|stable|main|Tools|Tools
Packages|http://mirror.example/pub/|bookworm|contrib|Debian|Debian
Packages|http://mirror.example/pub/|bookworm|main|Debian|Debian
Packages|http://back.example/debian/|bookworm-backports|main|Debian Backports|Debian Backports
"""


def test_the_archive_is_chosen_not_security_and_not_another_origin():
    assert find_mirror(UPDATED) == "http://mirror.example/pub"


def test_before_the_first_update_the_address_tells():
    assert find_mirror(FRESH) == "http://mirror.example/debian"


def test_a_known_origin_wins_over_a_guess():
    assert find_mirror(FRESH + UPDATED) == "http://mirror.example/pub"


def test_a_machine_without_a_debian_source_has_no_mirror():
    other = "Packages|http://tools.example/debian|nodistro|main|Tools|Tools\n"

    assert find_mirror(other) is None
    assert find_mirror("") is None
    assert find_mirror("E: something else\n") is None
