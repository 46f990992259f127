"""What is wrong with a file or a row, as sentences; the codes come from the pure code."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

FILE_FAULTS = {
    "too_large": _lt("“%(filename)s” is too large. Split it into smaller files."),
    "too_many_rows": _lt("“%(filename)s” has more than %(limit)s rows. Split it."),
    "empty_file": _lt("“%(filename)s” is empty. Choose the file that holds the counts."),
    "no_rows": _lt(
        "“%(filename)s” has a header in row %(header_row)s and nothing below it. Fill in "
        "the counts, or choose another sheet."
    ),
    "old_excel": _lt(
        "“%(filename)s” is an Excel file of before 2007. Open it and save it as .xlsx."
    ),
    "encrypted_file": _lt("“%(filename)s” has a password. Save it without one."),
    "binary_workbook": _lt("“%(filename)s” is a binary workbook. Save it as .xlsx."),
    "strict_workbook": _lt(
        "“%(filename)s” is a “Strict Open XML” workbook. Save it as an ordinary .xlsx."
    ),
    "open_document": _lt("“%(filename)s” is an OpenDocument file. Save it as .xlsx or .csv."),
    "not_a_table": _lt(
        "“%(filename)s” is no table. Take an Excel workbook (.xlsx) or a text with "
        "separators (.csv)."
    ),
    "broken_file": _lt("“%(filename)s” is damaged. Open it in Excel and save it again."),
    "nul_bytes": _lt("“%(filename)s” is damaged: it holds NUL characters. Export it again."),
    "bad_encoding": _lt(
        "“%(filename)s” cannot be read as %(encoding)s. Choose another encoding, or leave "
        "it empty to find out."
    ),
    "bad_separator": _lt("“%(separator)s” cannot separate columns. Choose another separator."),
    "unclosed_quote": _lt(
        "“%(filename)s”: a quotation mark that opens before row %(row)s is never closed."
    ),
    "cell_too_long": _lt(
        "“%(filename)s”: a cell of row %(row)s never ends. Is a quotation mark missing?"
    ),
    "no_sheet": _lt("“%(filename)s” has no sheet “%(sheet)s”."),
    "hidden_sheet": _lt(
        "Everything in “%(filename)s” stands on hidden sheets (%(sheets)s). Name the sheet "
        "to read it anyway, or show it in Excel."
    ),
    "column_missing": _lt(
        "No column is %(families)s. Say in the list of columns which one holds it."
    ),
    "bad_mapping": _lt("Two columns are %(families)s. Leave it to one of them."),
}

ROW_FAULTS = {
    "formula": _lt("%(address)s holds a formula (%(value)s): write its value instead."),
    "error_cell": _lt("%(address)s holds an error of Excel (%(value)s)."),
    "merged": _lt("%(address)s are merged cells: split them, each row needs its own values."),
    "too_many_cells": _lt(
        "The row has more cells than the header (from %(address)s on): is a separator "
        "inside a text without quotation marks?"
    ),
    "text_too_long": _lt("%(address)s: “%(value)s” is too long."),
    "not_a_code": _lt("%(address)s: “%(value)s” is no code."),
    "barcode_rounded": _lt(
        "%(address)s: Excel rounded the code “%(value)s”. Format the column as text and "
        "enter it again."
    ),
    "code_became_date": _lt(
        "%(address)s: Excel made a date of a code (%(value)s). Format the column as text "
        "and enter it again."
    ),
    "quantity_missing": _lt("The row has no quantity. Write 0 if nothing is there."),
    "quantity_not_a_number": _lt("%(address)s: the quantity “%(value)s” is not a number."),
    "quantity_negative": _lt("%(address)s: %(value)s is negative; a count is zero or more."),
    "quantity_too_large": _lt("%(address)s: %(value)s is more than anybody can count."),
    "cost_not_a_number": _lt("%(address)s: the cost “%(value)s” is not a number."),
    "cost_negative": _lt("%(address)s: the cost %(value)s is negative."),
    "cost_too_large": _lt("%(address)s: the cost %(value)s is too large."),
    "date_unreadable": _lt("%(address)s: “%(value)s” is not a date."),
    "product_missing": _lt("The row names no product."),
    "product_unknown": _lt("No product is “%(value)s”."),
    "product_ambiguous": _lt(
        "Several products are “%(value)s”: name one by its barcode, or by a code of its own."
    ),
    "product_contradiction": _lt("“%(value)s” and “%(other)s” are two different products."),
    "new_barcode_taken": _lt("Row %(row)s gives this barcode to another product: “%(value)s”."),
    "new_unit_differs": _lt(
        "Row %(row)s gives the new product “%(value)s” another unit: write one unit in all its "
        "rows."
    ),
    "new_lot_differs": _lt(
        "Row %(row)s and this one differ in whether the new product “%(value)s” has lots: name "
        "a lot in all its rows or in none."
    ),
    "product_archived": _lt("“%(value)s” is archived: unarchive it first."),
    "product_not_storable": _lt(
        "“%(value)s” is not kept in stock: tick “Track Inventory” on it first."
    ),
    "product_other_company": _lt("“%(value)s” is a product of another company."),
    "location_missing": _lt("The row names no location, and the session has several."),
    "location_unknown": _lt("No location is “%(value)s”."),
    "location_ambiguous": _lt("Several locations are “%(value)s”: write the full name."),
    "location_outside": _lt("“%(value)s” is not part of “%(session)s”."),
    "warehouse_missing": _lt(
        "“%(value)s” is new, and the session has several warehouses: name its warehouse."
    ),
    "warehouse_unknown": _lt("No warehouse of the session is “%(value)s”."),
    "lot_unknown": _lt("“%(value)s” is no lot or serial number of “%(product)s”."),
    "lot_other_product": _lt("“%(value)s” is a lot of another product than “%(product)s”."),
    "lot_untracked": _lt(
        "“%(product)s” is not tracked by lots: leave “%(value)s” out, or track it."
    ),
    "lot_missing": _lt("“%(product)s” is tracked: name the lot or serial number."),
    "serial_twice": _lt("A serial number exists once, %(value)s cannot be there."),
    "serial_fraction": _lt("A serial number is there or not, %(value)s is neither."),
    "serial_again": _lt("Serial number “%(value)s” stands in row %(row)s, too."),
    "serial_counted": _lt(
        "Serial number “%(value)s” is already counted in “%(session)s” (%(location)s)."
    ),
    "package_unknown": _lt("No package is “%(value)s”."),
    "package_elsewhere": _lt("Package “%(value)s” is in another location."),
    "package_ambiguous": _lt("Several packages are called “%(value)s” there."),
    "owner_unknown": _lt("No contact is “%(value)s”."),
    "owner_ambiguous": _lt("Several contacts are “%(value)s”."),
    "unit_unknown": _lt("No unit of measure is “%(value)s”."),
    "unit_wrong": _lt("“%(product)s” is measured in %(unit)s, not in “%(value)s”."),
    "too_many_decimals": _lt("%(value)s has too many decimals for %(unit)s (%(digits)s at most)."),
    "absurd": _lt("%(value)s is more than anybody can count."),
    "negative": _lt("%(value)s is negative; a count is zero or more."),
    "not_a_number": _lt("%(value)s is not a number."),
    "reason_unknown": _lt("No reason for a variance is “%(value)s”."),
    "category_unknown": _lt("No product category is “%(value)s”."),
    "counter_unknown": _lt("“%(value)s” is not a counter of “%(session)s”."),
    "in_the_future": _lt("Counted in the future (%(value)s)."),
    "before_start": _lt(
        "Counted on %(value)s, before the session started. Count it again, or leave the date out."
    ),
    "double_line": _lt("Row %(row)s counts the same goods in the same place."),
    "location_name_bad": _lt("“%(value)s” cannot become the name of a location."),
}

# How a list of reasons names them: without the values of any one row.
REASONS = {
    "formula": _lt("Formula"),
    "error_cell": _lt("Error of Excel"),
    "merged": _lt("Merged cells"),
    "too_many_cells": _lt("More cells than headers"),
    "text_too_long": _lt("Text too long"),
    "not_a_code": _lt("Not a code"),
    "barcode_rounded": _lt("Code rounded by Excel"),
    "code_became_date": _lt("Code turned into a date"),
    "quantity_missing": _lt("No quantity"),
    "quantity_not_a_number": _lt("Quantity is not a number"),
    "quantity_negative": _lt("Negative quantity"),
    "quantity_too_large": _lt("Quantity too large"),
    "cost_not_a_number": _lt("Cost is not a number"),
    "cost_negative": _lt("Negative cost"),
    "cost_too_large": _lt("Cost too large"),
    "date_unreadable": _lt("Not a date"),
    "product_missing": _lt("No product"),
    "product_unknown": _lt("Unknown product"),
    "product_ambiguous": _lt("Several products"),
    "product_contradiction": _lt("Two different products"),
    "new_barcode_taken": _lt("Barcode of another new product"),
    "new_unit_differs": _lt("New product in two units"),
    "new_lot_differs": _lt("New product with and without lots"),
    "product_archived": _lt("Archived product"),
    "product_not_storable": _lt("Not kept in stock"),
    "product_other_company": _lt("Product of another company"),
    "location_missing": _lt("No location"),
    "location_unknown": _lt("Unknown location"),
    "location_ambiguous": _lt("Several locations"),
    "location_outside": _lt("Location not in the session"),
    "location_name_bad": _lt("No name for a location"),
    "warehouse_missing": _lt("No warehouse"),
    "warehouse_unknown": _lt("Unknown warehouse"),
    "lot_unknown": _lt("Unknown lot"),
    "lot_other_product": _lt("Lot of another product"),
    "lot_untracked": _lt("Lot on an untracked product"),
    "lot_missing": _lt("Lot missing"),
    "serial_twice": _lt("More than one of a serial number"),
    "serial_fraction": _lt("Part of a serial number"),
    "serial_again": _lt("Serial number twice in the file"),
    "serial_counted": _lt("Serial number already counted"),
    "package_unknown": _lt("Unknown package"),
    "package_elsewhere": _lt("Package in another location"),
    "package_ambiguous": _lt("Several packages"),
    "owner_unknown": _lt("Unknown owner"),
    "owner_ambiguous": _lt("Several owners"),
    "unit_unknown": _lt("Unknown unit"),
    "unit_wrong": _lt("Wrong unit"),
    "too_many_decimals": _lt("Too many decimals"),
    "absurd": _lt("Quantity too large"),
    "negative": _lt("Negative quantity"),
    "not_a_number": _lt("Quantity is not a number"),
    "reason_unknown": _lt("Unknown reason"),
    "category_unknown": _lt("Unknown category"),
    "counter_unknown": _lt("Not a counter"),
    "in_the_future": _lt("Counted in the future"),
    "before_start": _lt("Counted before the start"),
    "double_line": _lt("Double line"),
}

FAMILY_LABELS = [
    ("code", _lt("Product code")),
    ("barcode", _lt("Barcode")),
    ("name", _lt("Product name")),
    ("quantity", _lt("Quantity")),
    ("uom", _lt("Unit")),
    ("location", _lt("Location")),
    ("warehouse", _lt("Warehouse")),
    ("aisle", _lt("Aisle")),
    ("rack", _lt("Rack")),
    ("lot", _lt("Lot or serial number")),
    ("expiry", _lt("Expiry date")),
    ("package", _lt("Package")),
    ("owner", _lt("Owner")),
    ("cost", _lt("Unit cost")),
    ("category", _lt("Category")),
    ("note", _lt("Note")),
    ("reason", _lt("Reason")),
    ("counted_by", _lt("Counted by")),
    ("counted_at", _lt("Counted at")),
]


def file_fault_text(env, refusal):
    """Say why a file or its mapping cannot be taken.

    :param refusal: `Refused` of the pure code.
    """
    labels = dict(FAMILY_LABELS)
    values = {key: _plain(value) for key, value in refusal.values.items()}
    families = refusal.values.get("families", ())
    values["families"] = ", ".join(
        env._("“%(name)s”", name=env._(labels[family])) for family in families
    )
    sentence = env._(FILE_FAULTS[refusal.code])
    return sentence % values


def row_fault_text(env, fault):
    """Say what is wrong in a row.

    :param fault: dict with its ``code`` and the values that the sentence names.
    """
    sentence = env._(ROW_FAULTS[fault["code"]])
    return sentence % fault


def _plain(value):
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
