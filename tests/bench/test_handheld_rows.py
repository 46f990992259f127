"""What the handheld's measurement scans, and which promises its rows check."""

from dev.bench.handheld import runs
from dev.bench.handheld.journey import Figures
from dev.bench.handheld.walk import LINES_A_PLACE, PAUSES_MS, UNKNOWN_EVERY, walk


def lines(count, a_place=5):
    """Lines as they lie, every other by lot."""
    return [
        {
            "line": number,
            "place": number // a_place,
            "barcode": f"LOC-{number // a_place}",
            "place_name": f"Zone/{number // a_place}",
            "name": f"Article {number}",
            "code": f"{number:013d}",
            "lot": f"L{number}" if number % 2 else None,
        }
        for number in range(count)
    ]


def test_a_walk_scans_a_place_before_what_lies_there():
    scans = walk(lines(200), 100)
    by_name = {line["name"]: line for line in lines(200)}

    assert len(scans) == 100
    assert scans == walk(lines(200), 100), "two walks are compared"
    for at in range(0, 100, 1 + LINES_A_PLACE):
        stop = [scan for scan in scans[at : at + 1 + LINES_A_PLACE] if scan.kind == "product"]
        for scan in stop:
            line = by_name[scan.wanted["text"]]
            assert scans[at].kind in ("place", "unknown")
            assert scan.code == line["code"]
            assert scans[at].kind == "unknown" or scans[at].code == line["barcode"]


def test_a_walk_has_lots_unknown_codes_and_a_persons_pace():
    scans = walk(lines(200), 100)
    kinds = [scan.kind for scan in scans]

    assert kinds.count("unknown") == 100 // UNKNOWN_EVERY
    assert {scan.kind for scan in scans if scan.is_kept} == {"product", "lot"}
    lot = next(scan for scan in scans if scan.kind == "lot")
    number = int(lot.wanted["text"][1:])
    assert lot.code == f"]C1010{number:013d}10L{number}"
    assert all(PAUSES_MS[0] <= scan.pause <= PAUSES_MS[1] for scan in scans)


def test_the_promised_times_are_checked_with_an_empty_and_a_long_queue():
    slow = [{"shown": 60.0, "kept": 160.0}, {"shown": 60.0}]
    quick = [{"shown": 40.0, "kept": 100.0}, {"shown": 50.0}]
    found = Figures(
        opened=dict.fromkeys(
            (f"{screen}, {name}" for screen in ("tasks", "count") for name in ("empty", "waiting")),
            300.0,
        ),
        heap_mb={"empty": 3.0, "waiting": 5.0},
        rounds={"empty": [quick * 20, quick * 20, slow * 20], "waiting": [slow * 20]},
        peer=[{"shown": 90.0, "kept": 200.0}] * 3,
    )

    rows = runs._device_rows(found, 50_000, 10_000, 5_000)

    checked = {row.name: (row.target.limit, row.is_ok) for row in rows if row.target}
    assert checked == {
        "Offline, slowed 4 times, queue empty: scan to shown answer, 95 of 100": (50, True),
        "Offline, slowed 4 times, queue empty: scan to safely stored, 95 of 100": (150, True),
        "Offline, slowed 4 times, 5,000 waiting: scan to shown answer, 95 of 100": (50, False),
        "Offline, slowed 4 times, 5,000 waiting: scan to safely stored, 95 of 100": (150, False),
    }


def test_a_refresh_that_brings_nothing_has_a_limit_for_each_slice():
    part = {"rows": 9, "limit": 2000, "page": [(80.0, 7), (90.0, 9)], "refresh": [(51.0, 5)] * 3}

    rows = runs._page_rows({"lots": part, "lines": {**part, "refresh": [(49.0, 5)] * 3}})

    assert {row.name: row.is_ok for row in rows if row.target} == {
        "Catalogue, lots: nothing changed": False,
        "Catalogue, lines: nothing changed": True,
    }
    assert [row.figure for row in rows if row.name == "  its queries"] == [9, 9]
