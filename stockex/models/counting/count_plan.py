from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .belonging import foreign_to

SEES_BOOK = (
    "stockex.group_controller,stockex.group_approver,"
    "stockex.group_quality_manager,stockex.group_accountant"
)


class CountPlan(models.AbstractModel):
    """What is counted, where, by whom: shared by sessions and their templates."""

    _name = "stockex.count.plan"
    _description = "Count Plan"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [
            ("full", "Full count"),
            ("cycle", "Cycle count"),
            ("spot", "Spot check"),
            ("initial", "Initial stock"),
        ],
        default="full",
        required=True,
    )
    scope = fields.Selection(
        [
            ("warehouse", "A whole warehouse"),
            ("warehouses", "Several warehouses"),
            ("region", "A region"),
            ("locations", "Chosen locations"),
        ],
        default="warehouse",
        required=True,
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse", check_company=True, domain="[('company_id', '=', company_id)]"
    )
    warehouse_ids = fields.Many2many(
        "stock.warehouse",
        string="Warehouses",
        domain="[('company_id', '=', company_id)]",
        help="Counted with the warehouses that depend on them.",
    )
    region_id = fields.Many2one("stockex.region", help="Every warehouse of the region.")
    location_ids = fields.Many2many(
        "stock.location",
        string="Locations",
        domain="[('usage', 'in', ('internal', 'transit', 'view')),"
        " ('company_id', '=', company_id)]",
        help="Counted with every location below them.",
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Only these categories",
        help="With the categories below them; all if empty.",
    )
    product_ids = fields.Many2many(
        "product.product",
        string="Only these products",
        domain="[('is_storable', '=', True), ('company_id', 'in', (False, company_id))]",
    )
    lot_ids = fields.Many2many(
        "stock.lot",
        string="Only these lots",
        domain="[('company_id', 'in', (False, company_id))]",
        groups=SEES_BOOK,
    )
    moved_since = fields.Date(
        "Moved since",
        groups=SEES_BOOK,
        help="Only stock that came in, left or was corrected from this day on.",
    )
    stock_filter = fields.Selection(
        [
            ("all", "Everything in stock"),
            ("negative", "Only negative stock"),
            ("zero", "Only what ran out"),
            ("not_positive", "Negative, or ran out"),
        ],
        string="Stock",
        default="all",
        required=True,
        groups=SEES_BOOK,
        help="What ran out: products that were once in a location and are no more.",
    )
    allow_overlap = fields.Boolean(
        "Share locations with other counts",
        help="Allow this count on locations that another open count already covers.",
    )
    auto_recount = fields.Boolean(
        "Ask a second count",
        help="Closing the counting sends lines out of tolerance back, once.",
    )
    counter_ids = fields.Many2many("res.users", string="Counters")
    scope_summary = fields.Char("What is counted", compute="_compute_scope_summary")

    # --- Compute ---

    @api.depends(
        "scope",
        "warehouse_id",
        "warehouse_ids",
        "region_id",
        "location_ids",
        "category_ids",
        "product_ids",
    )
    def _compute_scope_summary(self):
        for plan in self:
            where = plan._scope_places().mapped("display_name")
            what = plan.category_ids.mapped("display_name")
            parts = [_first(where), _first(what)]
            if plan.product_ids:
                parts.append(self.env._("%(count)s products", count=len(plan.product_ids)))
            plan.scope_summary = " · ".join(part for part in parts if part)

    # --- Python constraints ---

    @api.constrains("stock_filter", "lot_ids")
    def _check_lots_in_stock(self):
        for plan in self:
            if plan.lot_ids and plan.stock_filter in ("zero", "not_positive"):
                raise ValidationError(
                    self.env._(
                        "“%(session)s”: what ran out has no lots left to choose. Take the "
                        "lots out, or count everything in stock.",
                        session=plan.display_name,
                    )
                )

    @api.constrains("company_id", "counter_ids")
    def _check_counters(self):
        for plan in self:
            # sudo: which companies a user works in is no secret of theirs.
            foreign_sudo = plan.counter_ids.sudo().filtered(
                lambda user, company=plan.company_id: company not in user.company_ids
            )
            if foreign_sudo:
                raise ValidationError(
                    self.env._(
                        "%(user)s does not work in “%(company)s” and cannot count there.",
                        user=foreign_sudo[0].name,
                        company=plan.company_id.name,
                    )
                )

    @api.constrains(
        *("company_id", "location_ids", "warehouse_id", "warehouse_ids", "lot_ids", "product_ids")
    )
    def _check_companies(self):
        for plan in self:
            # sudo: whose they are decides, not what this user may read of them.
            plan_sudo = plan.sudo()
            for name in ("location_ids", "warehouse_id", "warehouse_ids", "lot_ids", "product_ids"):
                foreign = foreign_to(plan_sudo[name], plan.company_id)
                if foreign:
                    raise ValidationError(
                        self.env._(
                            "“%(record)s” belongs to another company than “%(session)s”.",
                            record=foreign[0].display_name,
                            session=plan.display_name,
                        )
                    )

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        plans.zone_ids._admit_counters()
        return plans

    def write(self, vals):
        done = super().write(vals)
        if "counter_ids" in vals:
            # Who counts in a zone counts in its session.
            self.zone_ids._admit_counters()
        return done

    # --- Business ---

    def _scope_places(self):
        """Return the records that the scope names: warehouses, a region or locations."""
        self.ensure_one()
        names = {
            "warehouse": "warehouse_id",
            "warehouses": "warehouse_ids",
            "region": "region_id",
            "locations": "location_ids",
        }
        # In a form that is not saved yet the records have no real ids.
        return self[names[self.scope]]._origin

    def _scope_roots(self):
        """Return the locations under which everything is counted."""
        places = self._scope_places()
        if self.scope == "locations":
            return places
        if self.scope == "region":
            places = places._warehouses(self.company_id)
        elif self.scope == "warehouses":
            places = places._with_dependents()
        return places.filtered(lambda house: house.company_id == self.company_id).view_location_id

    def _is_filtered(self):
        """Tell whether only a part of what lies in the locations is counted."""
        self.ensure_one()
        return bool(
            self.category_ids
            or self.product_ids
            or self.lot_ids
            or self.moved_since
            or self.stock_filter != "all"
        )

    def _prepare_plan_vals(self):
        """Return the plan's values for another session or template."""
        self.ensure_one()
        own = self.env["stockex.count.plan"]._fields
        inherited = set(models.MAGIC_COLUMNS) | {"display_name"}
        names = [
            name
            for name, field in own.items()
            if name not in inherited and not field.compute and not field.related
        ]
        vals = self.copy_data()[0]
        return {name: vals[name] for name in names if name in vals}


def _first(names):
    """Return the first names, and how many more there are."""
    shown = ", ".join(names[:2])
    return f"{shown} +{len(names) - 2}" if len(names) > 2 else shown
