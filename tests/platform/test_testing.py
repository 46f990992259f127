import pytest

from dev.lib import testing
from dev.lib.say import Failure

REPORT = '<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>'


def test_parts_keep_their_order(monkeypatch):
    monkeypatch.setenv("ONLY", "odoo,unit")
    assert testing.selected_parts() == ["unit", "odoo"]

    monkeypatch.delenv("ONLY")
    assert testing.selected_parts() == ["unit", "odoo", "system"]


def test_an_unknown_part_is_refused(monkeypatch):
    monkeypatch.setenv("ONLY", "all")

    with pytest.raises(Failure, match="ONLY=all"):
        testing.selected_parts()


def test_the_report_is_counted(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT)

    result = testing.read_report("unit", report, 1, 3)

    assert (result.passed, result.failed, result.skipped) == (3, 2, 2)
    assert not testing.is_good([result])


def test_a_run_that_broke_before_its_report_is_not_good(tmp_path):
    result = testing.read_report("odoo", tmp_path / "none.xml", 4, 1)

    assert result.broken == "pytest ended with code 4"
    assert not testing.is_good([result])


def test_a_broken_part_counts_as_failed_and_hides_no_other():
    good = testing.Result("unit", passed=5, seconds=2)
    broken = testing.Result("odoo", broken="no server", seconds=1)

    text = testing.summary([good, broken])

    assert "no server" in text
    assert text.splitlines()[-1] == "5 passed, 1 failed in 3.0 s"


def test_a_part_without_tests_is_good(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT.replace("7", "0").replace('"1"', '"0"').replace('"2"', '"0"'))

    assert testing.is_good([testing.read_report("system", report, 5, 1)])
