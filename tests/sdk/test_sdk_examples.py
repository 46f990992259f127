"""Each client's example counts a location, to the last piece."""

from pathlib import Path

import pytest

from .clients import EXAMPLES, LANGUAGES, run_example

# What says nothing: comments, what only makes names known, and closing braces.
BESIDE = ("/**", "}", "#", '"""', "<?php", "import ", "from ", "use ", "require ", "declare(")
MOST_LINES = 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_is_read_at_a_glance(language):
    source = Path(EXAMPLES[language][-1]).read_text()
    code = [line for line in source.splitlines() if line and not line.startswith(BESIDE)]

    assert 5 < len(code) <= MOST_LINES, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_counts_a_location_exactly(server, world, key, language):
    shelf = world.small_shelf(3)
    [place] = {location for _product, location in shelf}

    said = run_example(language, server.url, key, place, 40, 38.5, 0)

    [[session, name, state]] = world.rows(
        "SELECT DISTINCT s.id, s.name, s.state FROM stockex_count_session s "
        "JOIN stockex_count_line l ON l.session_id = s.id "
        f"WHERE l.location_id = {place}"
    )
    lines = world.rows(
        "SELECT book_quantity, counted_quantity, state FROM stockex_count_line "
        f"WHERE session_id = {session} ORDER BY sequence, id"
    )
    entries = world.rows(
        "SELECT e.quantity, u.login FROM stockex_count_entry e JOIN res_users u "
        f"ON u.id = e.user_id WHERE e.session_id = {session} ORDER BY e.id"
    )
    assert said == f"{name}: 3 lines counted, review\n"
    assert state == "review"
    assert [[float(book), float(counted), how] for book, counted, how in lines] == [
        [40.0, 40.0, "counted"],
        [40.0, 38.5, "counted"],
        [40.0, 0.0, "counted"],
    ]
    assert [[float(quantity), login] for quantity, login in entries] == [
        [40.0, "carla"],
        [38.5, "carla"],
        [0.0, "carla"],
    ]
