from dev.lib import builds, places, stamps


def test_the_borders_between_parts_count():
    assert stamps.fingerprint("ab", "c") != stamps.fingerprint("a", "bc")
    assert stamps.fingerprint("ab", "c") == stamps.fingerprint(b"ab", b"c")


def test_a_renamed_file_changes_the_fingerprint(tmp_path):
    first, second = tmp_path / "a.xml", tmp_path / "b.xml"
    first.write_text("<odoo/>")
    before = stamps.files_fingerprint(tmp_path, [first])
    first.rename(second)

    assert stamps.files_fingerprint(tmp_path, [second]) != before


def test_a_stamp_holds_only_for_its_inputs(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "STAMPS", tmp_path / "stamps")
    assert not stamps.is_stamped("python", "1")

    stamps.stamp("python", "1")

    assert stamps.is_stamped("python", "1")
    assert not stamps.is_stamped("python", "2")


def test_only_what_an_update_reads_is_in_an_addons_fingerprint(tmp_path):
    kept = ["__manifest__.py", "models/a.py", "i18n/fr.po", "static/description/icon.png"]
    left = [
        "pure/count/a.py",
        "tests/test_a.py",
        "controllers/a.py",
        "static/src/a.xml",
        "static/description/screenshot.png",
        "models/__pycache__/a.py",
        "README.md",
    ]
    for name in kept + left:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    found = {str(path.relative_to(tmp_path)) for path in builds.addon_files(tmp_path)}

    assert found == set(kept)
