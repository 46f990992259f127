"""Where a count was made: asked for, kept, refused."""

import pytest

from .handheld import Handheld, plain

# Lyon, the story's first warehouse.
LYON = {"latitude": 45.764043, "longitude": 4.835659, "accuracy": 20}


def last_position(server, line):
    rows = server.sql(
        "SELECT latitude, longitude, accuracy_m FROM stockex_sync_operation "
        f"WHERE kind = 'count' AND line_id = {line.id} ORDER BY id DESC LIMIT 1"
    )
    return [float(value) if value else 0 for value in rows[0]]


@pytest.fixture
def asking(server):
    """The company wants to know where things are counted."""
    server.sql("UPDATE res_company SET stockex_handheld_position = TRUE")
    yield
    server.sql("UPDATE res_company SET stockex_handheld_position = FALSE")


@pytest.mark.usefixtures("asking")
def test_the_position_is_asked_for_and_kept_with_a_count(server, browser):
    handheld = Handheld(server, browser, permissions=["geolocation"], geolocation=LYON).start()
    page = handheld.page
    line = handheld.line(plain)
    handheld.count(line)
    handheld.settle()
    assert last_position(server, line) == [0, 0, 0]

    page.get_by_text("May counts say where you are?").wait_for()
    page.get_by_role("button", name="Allow").click()
    page.wait_for_timeout(1000)
    handheld.scan(line.code)
    handheld.settle()

    assert last_position(server, line) == [45.764043, 4.835659, 20]
    assert not page.get_by_text("May counts say where you are?").count()


@pytest.mark.usefixtures("asking")
def test_a_refused_position_is_said_once_and_counting_goes_on(server, browser):
    handheld = Handheld(server, browser, permissions=[]).start()
    page = handheld.page
    line = handheld.line(plain)
    page.get_by_role("button", name="Allow").click()
    page.get_by_text("This device does not tell its position").wait_for()
    handheld.count(line)
    handheld.settle()
    assert last_position(server, line) == [0, 0, 0]

    page.get_by_role("button", name="OK", exact=True).click()
    handheld.open_count()
    page.wait_for_timeout(500)

    assert not page.get_by_text("This device does not tell its position").count()
    assert not page.get_by_text("May counts say where you are?").count()


def test_without_the_companys_wish_nobody_is_asked(server, browser):
    handheld = Handheld(server, browser, permissions=["geolocation"], geolocation=LYON).start()
    line = handheld.line(plain)
    handheld.count(line)
    handheld.settle()

    assert not handheld.page.get_by_text("May counts say where you are?").count()
    assert last_position(server, line) == [0, 0, 0]
