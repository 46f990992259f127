"""`kill -9` of the server while it imports a count file; the file counts once and whole."""

import base64
import random
import time

import pytest

from .deaths import POWER_CUT
from .test_killed_posting import is_running, let_a_minute_pass
from .world import Quantities, World

IMPORT = "stockex.import"
KILLS = 3


def rows_of(world: World, counted: Quantities) -> bytes:
    """Write the file: names are unique, the shelf's products have no reference."""
    products = {product for product, _place in counted}
    places = {place for _product, place in counted}
    names = world.carla.call("product.product", "read", sorted(products), ["name"])
    paths = world.carla.call("stock.location", "read", sorted(places), ["complete_name"])
    product_name = {row["id"]: row["name"] for row in names}
    place_name = {row["id"]: row["complete_name"] for row in paths}
    lines = ["Article;Emplacement;Quantité"] + [
        f"{product_name[product]};{place_name[place]};{quantity:g}"
        for (product, place), quantity in counted.items()
    ]
    return "\n".join(lines).encode("cp1252")


def checked_import(world: World, session: int, data: bytes) -> int:
    """Choose, read and check a file as its controller; return the import."""
    call = world.carla.call
    file = {"file": base64.b64encode(data).decode(), "filename": "shelf.csv"}
    [number] = call(IMPORT, "create", [{"session_id": session, **file}])
    call(IMPORT, "action_read", [number])
    call(IMPORT, "action_check", [number])
    world.wait(lambda: state(world, number) != "checking", "the file is checked")
    assert state(world, number) == "checked"
    return number


def state(world: World, number: int) -> str:
    return world.one(f"SELECT state FROM stockex_import WHERE id = {number}")


def live_entries(world: World, session: int) -> list[list[str]]:
    return world.rows(
        f"""SELECT line.product_id, line.location_id, COUNT(entry.id), SUM(entry.quantity)
              FROM stockex_count_line line JOIN stockex_count_entry entry
                ON entry.line_id = line.id AND entry.superseded_by_id IS NULL
               AND entry.voids IS NOT TRUE
             WHERE line.session_id = {session} GROUP BY 1, 2"""
    )


def test_a_server_killed_while_importing_counts_every_row_exactly_once(
    world: World, rng: random.Random, capsys: pytest.CaptureFixture[str]
):
    counted = {key: float(rng.randrange(60)) for key in world.shelf()}
    session = world.start(counted)
    number = checked_import(world, session, rows_of(world, counted))

    world.carla.call(IMPORT, "action_import", [number])
    kills = 0
    while kills < KILLS and state(world, number) == "importing":
        world.wait(
            lambda: is_running(world) or state(world, number) != "importing",
            "a chunk is being imported",
        )
        time.sleep(rng.uniform(0, 0.3))
        POWER_CUT.strike(world.server)
        kills += 1
        world.wait_for_rollback()
        let_a_minute_pass(world)
        POWER_CUT.replace(world.server)
    world.wait(lambda: state(world, number) == "done", "the file is imported")

    found = {
        (int(product), int(place)): (int(count), float(quantity))
        for product, place, count, quantity in live_entries(world, session)
    }
    assert found == {key: (1, quantity) for key, quantity in counted.items()}
    assert kills
    with capsys.disabled():
        print(f"\n  {kills} kills while {len(counted)} rows were imported")  # noqa: T201
    world.carla.call("stockex.count.session", "action_cancel", [session])
