from reportlab.platypus import PageBreak

from odoo import api, models
from odoo.exceptions import UserError

from ...pure.document.blocks import Facts, Heading, Signatures, Text, Title, section, together
from ...pure.document.count_sheet import BlankLines, Labels, LocationLines, SheetLine
from ...pure.document.pdf import Part, render

# Room for what nobody expected, in each zone.
BLANKS = 8
BESIDE = 3


class CountSheet(models.AbstractModel):
    """Paper to count on, in the order of the walk; it says nothing of the book."""

    _name = "stockex.document.count.sheet"
    _inherit = "stockex.document"
    _description = "Count Sheet"

    # --- Business ---

    @api.model
    def _build(self, records):
        session = records.ensure_one()
        lines_sudo = self._lines_to_count(session)
        title = self.env._("Count sheet %(session)s", session=session.display_name)
        labels = self._labels()
        blocks = []
        zones = self._zones_of(lines_sudo)
        for index, (zone_sudo, found_sudo) in enumerate(zones):
            blocks.append(PageBreak() if index else Title(title))
            blocks += self._zone_blocks(session, zone_sudo, found_sudo, labels)
        return render(self._sheet(title, session.company_id), blocks)

    def _with_book(self):
        """Tell whether the sheet shows the expected quantities. A hook."""
        return False

    def _lines_to_count(self, session):
        """Return the lines still to count that are the user's, all of them if none is left."""
        if session.state == "draft":
            raise UserError(
                self.env._(
                    "“%(session)s” has no lines yet: start it, then print its count sheet.",
                    session=session.display_name,
                )
            )
        domain = [("session_id", "=", session.id)]
        if not self.env.user.has_group("stock.group_stock_user"):
            domain += ["|", ("zone_id", "=", False)]
            domain += ["|", ("zone_id.counter_ids", "=", False)]
            domain += [("zone_id.counter_ids", "in", self.env.uid)]
        found = self.env["stockex.count.line"].search(domain)
        if not found:
            raise UserError(
                self.env._(
                    "“%(session)s” has nothing for you to count: it is closed, or its zones "
                    "are other people's. Ask its controller.",
                    session=session.display_name,
                )
            )
        # sudo: a counter may not read lots; only what the user's own list shows is printed.
        lines_sudo = found.sudo()
        return lines_sudo.filtered(lambda line: line.state == "pending") or lines_sudo

    def _zones_of(self, lines_sudo):
        """Return (zone, its lines) in the order of the zones, what has none at the end."""
        by_zone = lines_sudo.grouped("zone_id")
        return sorted(
            by_zone.items(), key=lambda pair: (not pair[0], pair[0].sequence, pair[0].id or 0)
        )

    def _zone_blocks(self, session, zone_sudo, lines_sudo, labels):
        # sudo: names of those who count with the user.
        counters_sudo = zone_sudo.counter_ids or session.sudo().counter_ids
        name = zone_sudo.name or self.env._("Without zone")
        names = counters_sudo.mapped("name")
        blocks = [Part(self.env._("Zone: %(zone)s", zone=name) if zone_sudo else "")]
        if zone_sudo or session.zone_ids:
            blocks.append(Heading(name))
        facts = [
            (self.env._("Counters"), ", ".join(names)),
            (self.env._("Lines"), self._number(len(lines_sudo))),
            (self.env._("Started"), self._datetime(session.started_at)),
            (self.env._("Date"), "____________________"),
        ]
        blocks.append(Facts([(label, value) for label, value in facts if value]))
        blocks += self._location_blocks(lines_sudo, labels)
        blocks += section(
            self.env._("Found besides"),
            Text(self.env._("What is there and not on this sheet.")),
            BlankLines(BLANKS, labels),
        )
        blocks.append(self._signatures(names))
        return blocks

    def _location_blocks(self, lines_sudo, labels):
        with_book = self._with_book()
        number = 0
        blocks = []
        ordered = lines_sudo.sorted(lambda line: (line.sequence or 10**9, line.id))
        for place_sudo, found in ordered.grouped("location_id").items():
            rows = []
            for line_sudo in found:
                number += 1
                rows.append(self._sheet_line(line_sudo, number, with_book))
            blocks.append(
                LocationLines(
                    place_sudo.complete_name,
                    place_sudo.barcode or "",
                    rows,
                    labels,
                    with_book=with_book,
                )
            )
        return blocks

    def _sheet_line(self, line_sudo, number, with_book):
        parts = [line_sudo.lot_id.name, line_sudo.package_id.name, line_sudo.owner_id.name]
        return SheetLine(
            number=str(number),
            product=line_sudo.product_id.display_name,
            barcode=line_sudo.product_id.barcode or "",
            lot="\n".join(part for part in parts if part),
            unit=line_sudo.uom_id.name,
            book=self._quantity(line_sudo.book_quantity) if with_book else None,
        )

    def _signatures(self, names):
        boxes = [(self.env._("Counted by"), name) for name in names or [""]]
        date, signature = self.env._("Date"), self.env._("Signature")
        rows = [
            Signatures(boxes[start : start + BESIDE], date, signature)
            for start in range(0, len(boxes), BESIDE)
        ]
        return together([Heading(self.env._("Signatures")), *rows])

    def _labels(self):
        return Labels(
            book=self.env._("Book"),
            count=self.env._("Count"),
            remark=self.env._("Remark"),
            location=self.env._("Location"),
            product=self.env._("Product or bar code"),
            lot=self.env._("Lot, package"),
        )
