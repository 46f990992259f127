"""What must be true after a count is posted, whatever happened meanwhile."""

from collections.abc import Mapping

from .world import Key, Quantities, World

# Goods that came minus goods that left, beside what the quants say; they must agree.
LEDGER = """
WITH line AS (
    SELECT ml.product_id, ml.location_id AS source, ml.location_dest_id AS target,
           COALESCE(ml.lot_id, 0) AS lot, COALESCE(ml.owner_id, 0) AS owner,
           COALESCE(ml.package_id, 0) AS from_package,
           COALESCE(ml.result_package_id, 0) AS to_package, ml.quantity_product_uom AS quantity
      FROM stock_move_line ml WHERE ml.state = 'done'),
change AS (
    SELECT product_id, target AS place, lot, owner, to_package AS package, quantity FROM line
     UNION ALL
    SELECT product_id, source, lot, owner, from_package, -quantity FROM line),
ledger AS (
    SELECT product_id, place, lot, owner, package, SUM(quantity) AS quantity
      FROM change GROUP BY 1, 2, 3, 4, 5),
quant AS (
    SELECT product_id, location_id AS place, COALESCE(lot_id, 0) AS lot,
           COALESCE(owner_id, 0) AS owner, COALESCE(package_id, 0) AS package,
           SUM(quantity) AS quantity
      FROM stock_quant GROUP BY 1, 2, 3, 4, 5)
SELECT product_id, place, ledger.quantity, quant.quantity
  FROM ledger FULL JOIN quant USING (product_id, place, lot, owner, package)
  JOIN stock_location location ON location.id = place AND location.usage = 'internal'
 WHERE ROUND(COALESCE(ledger.quantity, 0)::numeric, 4)
    <> ROUND(COALESCE(quant.quantity, 0)::numeric, 4)
"""


def check_ledger(world: World) -> None:
    """Compare the completed moves with the stock, key by key, in the whole database."""
    assert world.rows(LEDGER) == []


def check_posted(
    world: World,
    session: int,
    counted: Quantities,
    book: Quantities,
    later: Mapping[Key, float] | None = None,
) -> None:
    """Check a posted session.

    :param book: the stock when it was counted.
    :param later: what moved after it was counted: -2 left, +1 came.
    """
    later = later or {}
    differing = {key for key in counted if counted[key] != book[key]}
    assert world.state(session) == "done"
    assert world.on_hand(counted) == {key: q + later.get(key, 0) for key, q in counted.items()}
    assert corrections(world, session) == dict.fromkeys(differing, 1)
    assert line_states(world, session) == {
        key: "posted" if key in differing else "counted" for key in counted
    }
    check_ledger(world)


def corrections(world: World, session: int) -> dict[Key, int]:
    """Count the corrections of a session by stock key; every one must be done."""
    rows = world.rows(
        f"""SELECT move.product_id,
                   CASE WHEN source.usage = 'internal' THEN move.location_id
                        ELSE move.location_dest_id END,
                   COUNT(DISTINCT move.id), COUNT(line.id), BOOL_AND(move.state = 'done')
              FROM stock_move move
              JOIN stock_location source ON source.id = move.location_id
         LEFT JOIN stock_move_line line ON line.move_id = move.id
             WHERE move.stockex_session_id = {session}
          GROUP BY 1, 2"""
    )
    assert all(moves == lines and done == "t" for _p, _l, moves, lines, done in rows)
    return {(int(product), int(place)): int(moves) for product, place, moves, *_ in rows}


def line_states(world: World, session: int) -> dict[Key, str]:
    """Read what became of each line; a posted one must name its correction, no other may."""
    rows = world.rows(
        "SELECT product_id, location_id, state, move_id IS NOT NULL FROM stockex_count_line "
        f"WHERE session_id = {session}"
    )
    assert all((state == "posted") == (has_move == "t") for _p, _l, state, has_move in rows)
    return {(int(product), int(place)): state for product, place, state, _move in rows}
