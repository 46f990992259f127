import pytest

from dev.bench import lib
from dev.bench.__main__ import PARTS
from dev.bench.count import figures
from dev.bench.rows import Row, Target, measured, missed, number, table
from dev.lib.commands import HELP
from dev.lib.say import Failure


def a_run(**seconds):
    return {
        phase: {"seconds": value, "cpu_seconds": value / 2, "queries": 100, "memory_mb": 3}
        for phase, value in seconds.items()
    }


def test_help_names_every_part_that_can_be_measured_alone():
    assert f"ONLY={','.join(PARTS)}\n" in HELP


def test_repetitions_become_their_median_and_their_spread():
    row = measured("post", [3.0, 9.0, 4.0], "s", peer="Odoo", peer_figure=16.0)

    assert (row.figure, row.spread, row.runs) == (4.0, (3.0, 9.0), 3)
    assert row.ratio == 0.25


@pytest.mark.parametrize(
    ("figure", "peer_figure", "target", "wanted"),
    [
        (2.0, None, Target(2), True),
        (2.1, None, Target(2), False),
        (4.0, 16.0, Target(0.25, "ratio"), True),
        (4.1, 16.0, Target(0.25, "ratio"), False),
        (4.0, None, Target(0.25, "ratio"), None),
        (4.0, 0.0, Target(0.25, "ratio"), None),
        (4.0, 16.0, None, None),
    ],
)
def test_a_target_is_of_the_figure_or_of_its_ratio(figure, peer_figure, target, wanted):
    row = Row("post", figure, "s", peer_figure=peer_figure, target=target)

    assert row.is_ok is wanted
    assert missed([row]) == ([row] if wanted is False else [])


def test_a_row_goes_into_the_file_with_its_ratio_and_verdict():
    row = Row("post", 4.0, "s", "Odoo", 16.0, Target(0.25, "ratio"), (3.0, 9.0), 3)

    assert row.plain() == {
        "name": "post",
        "figure": 4.0,
        "unit": "s",
        "peer": "Odoo",
        "peer_figure": 16.0,
        "ratio": 0.25,
        "target": "ratio ≤ 0.25",
        "ok": True,
        "spread": (3.0, 9.0),
        "runs": 3,
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.0312, "0.031"), (2.0, "2"), (2.345, "2.35"), (12.34, "12.3"), (50_000, "50,000")],
)
def test_a_number_shows_the_digits_that_matter(value, text):
    assert number(value) == text


def test_the_table_shows_figures_peers_and_verdicts_in_columns():
    rows = [
        measured("post", [3.0, 4.0, 9.0], "s", peer="Odoo", peer_figure=8.0),
        Row("a longer name", 0.4, "queries/line", target=Target(0.3)),
    ]

    head, rule, first, second = table(rows).splitlines()

    assert " ".join(head.split()) == "measurement figure spread peer its figure ratio target"
    assert set(rule) == {"─"}
    assert first.split("  ")[0] == "post"
    assert "4 s" in first
    assert "3–9 (3)" in first
    assert first.rstrip().endswith("0.5")
    assert second.split()[-3:] == ["≤", "0.3", "✗"]


def test_a_side_that_was_not_measured_leaves_its_columns_empty():
    runs = figures.Runs()
    runs.add("ours", a_run(build=1.0))

    row = runs.row("build", "build", target=Target(2))

    assert (row.peer, row.peer_figure, row.ratio, row.is_ok) == ("", None, None, True)


def test_growth_is_judged_against_five_times_the_smaller_count():
    small = figures.Runs()
    large = figures.Runs(part=small)
    small.add("ours", a_run(build=1.0, enter=1.0, approve=1.0, post=1.0))
    large.add("ours", a_run(build=5.4, enter=5.6, approve=1.0, post=25.0))

    rows = figures._growth(50_000, large)

    verdicts = {
        row.name.split(": ")[1]: row.is_ok for row in rows if row.target and row.unit == "s"
    }
    assert verdicts == {"build": True, "enter": False, "approve": True, "post": False}


def test_every_promise_has_its_row():
    runs = figures.Runs()
    for side in ("ours", "native", "oca"):
        runs.add(side, a_run(build=1.0, enter=1.0, approve=1.0, post=1.0))
    standard = figures.Runs(runs.sides, part=runs)

    rows = figures.rows(10_000, standard=standard, average=runs, lots=runs, large=runs)

    promised = {(row.name, row.unit): row.target.text() for row in rows if row.target}
    assert promised["10,000 lines with lots: build", "s"] == "≤ 2"
    assert promised["10,000 lines, standard cost: post", "s"] == "ratio ≤ 0.25"
    assert promised["10,000 lines, standard cost: post", "queries/line"] == "≤ 0.5"
    assert promised["10,000 lines, average cost: post", "s"] == "ratio ≤ 0.4"
    assert promised["10,000 lines, average cost: post", "queries/line"] == "≤ 1.1"
    assert promised["50,000 lines, standard cost: post", "s"] == "ratio ≤ 1.1"
    assert promised["50,000 lines, standard cost: post, memory", "MB"] == "≤ 20"
    assert "2,000 lines, standard cost: post" in {row.name for row in rows}


def test_parts_are_chosen_by_name():
    assert lib.chosen(["count", "plan"], {}) == ["count", "plan"]
    assert lib.chosen(["count", "plan"], {"ONLY": " plan"}) == ["plan"]
    with pytest.raises(Failure, match="cuont"):
        lib.chosen(["count", "plan"], {"ONLY": "cuont"})


def test_settings_are_whole_numbers_large_enough():
    assert lib.setting({}, "REPEAT", 5) == 5
    assert lib.setting({"REPEAT": "2"}, "REPEAT", 5) == 2
    with pytest.raises(Failure, match="LINES=10"):
        lib.setting({"LINES": "10"}, "LINES", 10_000, least=500)
    with pytest.raises(Failure, match="REPEAT=x"):
        lib.setting({"REPEAT": "x"}, "REPEAT", 5)
