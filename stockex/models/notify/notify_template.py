from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...pure.notify.condition import kinds_of
from ...pure.notify.registry import schema
from ...pure.notify.template import COMMON, FORMATS, Currency, faults, render

PARTS = ("subject", "text", "html")


class About(NamedTuple):
    """What every reader of an event is told of it, looked up once."""

    record: models.BaseModel
    link: str
    currency: Currency


class NotifyTemplate(models.Model):
    """What a notification says, in each reader's language; nothing in it is ever run."""

    _name = "stockex.notify.template"
    _description = "Notification Template"
    _order = "event_name, name, id"

    name = fields.Char(required=True, translate=True)
    event_name = fields.Selection("_selection_event_name", "Event", required=True)
    subject = fields.Char(required=True, translate=True)
    text = fields.Text(
        required=True,
        translate=True,
        help="For every service; “{{ session }}” and the like are filled in.",
    )
    html = fields.Html(
        "E-mail body",
        translate=True,
        help="For services that show formatted text; the plain text if empty.",
    )
    placeholder_help = fields.Html("Placeholders", compute="_compute_placeholder_help")
    rule_ids = fields.One2many("stockex.notify.rule", "template_id", "Rules")
    active = fields.Boolean(default=True)

    # --- Compute ---

    @api.depends("event_name")
    @api.depends_context("lang")
    def _compute_placeholder_help(self):
        vocabulary = self.env["stockex.notify.vocabulary"]
        common = self._common_labels()
        for template in self:
            keys = kinds_of(schema(template.event_name or ""))
            labels = vocabulary._labels_of(template.event_name or "")
            rows = [(key, labels[key], kind) for key, kind in keys.items()]
            rows += [(key, common[key], kind) for key, kind in COMMON.items()]
            template.placeholder_help = self.env["ir.qweb"]._render(
                "stockex.notify_placeholders",
                {"rows": [(key, label, self._formats_of(kind)) for key, label, kind in rows]},
            )

    # --- Python constraints ---

    @api.constrains("event_name", *PARTS)
    def _check_placeholders(self):
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for template in self:
            kinds = template._kinds()
            for lang in languages:
                translated = template.with_context(lang=lang)
                for part in PARTS:
                    found = faults(translated[part] or "", kinds)
                    if found:
                        raise ValidationError(template._fault_message(found[0], part))

    @api.constrains("event_name")
    def _check_rules_event(self):
        for template in self:
            strange = template.rule_ids.filtered(
                lambda rule, name=template.event_name: rule.event_name != name
            )
            if strange:
                raise ValidationError(
                    self.env._(
                        "“%(template)s” is used by “%(rule)s”, which is for another event. "
                        "Give that rule another template first.",
                        template=template.name,
                        rule=strange[0].name,
                    )
                )

    # --- Create, write ---

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for template, vals in zip(self, vals_list, strict=True):
            vals["name"] = self.env._("%(template)s (copy)", template=template.name)
        return vals_list

    # --- Actions ---

    def action_preview(self):
        """Show the template filled in with a past event."""
        self.ensure_one()
        preview = self.env["stockex.notify.template.preview"].create({"template_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview of “%(template)s”", template=self.name),
            "res_model": preview._name,
            "res_id": preview.id,
            "view_mode": "form",
            "target": "new",
        }

    # --- Business ---

    def _selection_event_name(self):
        return self.env["stockex.notify.vocabulary"]._events()

    def _kinds(self):
        return kinds_of(schema(self.event_name)) | COMMON

    @api.model
    def _formats_of(self, kind):
        return [layout for layout, kinds in FORMATS.items() if kind in kinds]

    @api.model
    def _common_labels(self):
        return {
            "record": self.env._("Name of the record"),
            "link": self.env._("Link to the record"),
            "company": self.env._("Company"),
            "reader": self.env._("Name of the reader"),
            "time": self.env._("When it happened"),
        }

    def _fault_message(self, fault, part):
        names = {
            "template": self.name,
            "part": self._fields[part]._description_string(self.env),
            "placeholder": fault.placeholder,
        }
        return {
            "unknown": self.env._(
                "“%(template)s”, %(part)s: the event has nothing called “%(placeholder)s”. "
                "The list of placeholders shows what there is.",
                **names,
            ),
            "format": self.env._(
                "“%(template)s”, %(part)s: “%(placeholder)s” asks for a format that does not "
                "exist. There are %(formats)s.",
                formats=", ".join(FORMATS),
                **names,
            ),
            "unfit": self.env._(
                "“%(template)s”, %(part)s: the format in “%(placeholder)s” does not fit what "
                "it shows. The list of placeholders says which do.",
                **names,
            ),
            "open": self.env._(
                "“%(template)s”, %(part)s: two braces have no partner. A placeholder is "
                "written {{ name }}.",
                **names,
            ),
        }[fault.code]

    @api.model
    def _about(self, events):
        """Return {event: `About` it}, by a few queries for all of them."""
        names = {event: (event.payload or {}).get("currency") for event in events}
        currencies = self.env["stockex.notify.reader"]._currencies(set(names.values()))
        return {
            event: About(record, event._link(record), currencies[names[event]])
            for event, record in events._records().items()
        }

    def _fill(self, event, user, about=None):
        """Return subject, text and html of an event for one reader.

        :param user: or the contact of the event's company, for what several people read.
        :param about: what `_about` says of the event, if it was asked for many at once.
        """
        self.ensure_one()
        about = about or self._about(event)[event]
        readers = self.env["stockex.notify.reader"]
        template = self.with_context(lang=readers._lang(user))
        values = template._values(event, user, about)
        reader = readers._for(user, event.company_id)
        return (
            render(template.subject, values, reader, about.currency).replace("\n", " "),
            render(template.text, values, reader, about.currency),
            render(template.html or "", values, reader, about.currency, html=True),
        )

    def _values(self, event, user, about):
        record = about.record.with_context(lang=self.env.context.get("lang"))
        return {
            **(event.payload or {}),
            "record": record.display_name if record else event.res_model or "",
            "link": about.link,
            "company": event.company_id.name,
            "reader": user.name,
            "time": event.time,
        }
