"""The number pad of the count screen: pieces, packagings, and nonsense."""

from playwright.sync_api import expect

from .handheld import Handheld, in_boxes, plain


def test_boxes_and_pieces_are_counted_as_one_quantity(server, browser):
    handheld = Handheld(server, browser).start()
    page = handheld.page
    line = handheld.line(in_boxes)
    [pack] = line.product["packs"]
    handheld.count(line)
    page.locator(".s_number").click()

    fields = page.locator(".s_padsheet_way input")
    fields.nth(1).click()
    page.get_by_role("button", name="3", exact=True).click()
    fields.nth(0).click()
    page.get_by_role("button", name="5", exact=True).click()
    total = 3 * pack["quantity"] + 5
    shown = page.locator(".s_padsheet_sum b")
    expect(shown).to_have_text(f"{total:g}")
    # A packaging that is scanned meanwhile is one more; another code waits.
    handheld.scan(pack["barcode"])
    expect(shown).to_have_text(f"{total + pack['quantity']:g}")
    handheld.scan(line.place)
    expect(page.locator(".s_padsheet_trouble")).to_contain_text("The other code was not counted")
    page.get_by_role("button", name="Set the quantity").click()
    expect(page.locator(".s_number")).to_contain_text(f"{total + pack['quantity']:g} ")
    # Scanned on the count screen itself, a packaging adds what is in it.
    handheld.scan(pack["barcode"])
    handheld.settle()

    rows = server.sql(
        "SELECT quantity FROM stockex_count_entry WHERE superseded_by_id IS NULL "
        f"AND line_id = {line.id} ORDER BY id"
    )
    quantities = [float(quantity) for [quantity] in rows]
    assert quantities == [total + pack["quantity"], pack["quantity"]]


def test_nonsense_is_refused_in_plain_words_and_nothing_is_counted(server, browser):
    handheld = Handheld(server, browser).start()
    page = handheld.page
    line = handheld.line(plain)
    handheld.count(line)
    handheld.settle()
    page.locator(".s_number").click()
    field = page.locator(".s_padsheet_way input")

    for typed, kept, words in (
        ("-3", "3", "zero or more"),
        ("1.2.", "1.2", "one decimal point"),
        ("1.234", "1.23", "At most 2 decimals"),
        ("1000000000", "100000000", "below 1,000,000,000"),
        ("1e", "1", "Only digits"),
    ):
        field.fill("")
        for sign in typed:
            page.keyboard.press(sign)
            page.wait_for_timeout(90)
        if typed.startswith("-"):
            # The sign was refused, and the digit after it is a new try.
            assert field.input_value() == kept
            field.fill(typed)
        assert words in page.locator(".s_padsheet_trouble").inner_text(), typed
        assert field.input_value() == kept
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)

    assert not page.locator(".s_padsheet").count()
    rows = server.sql(f"SELECT quantity FROM stockex_count_entry WHERE line_id = {line.id}")
    assert [float(row[0]) for row in rows] == [1]
