"""What the resources share."""

from datetime import UTC

from odoo import fields
from odoo.http import request
from odoo.tools.sql import escape_psql

from .errors import ApiError
from .version import etag_of, matches

PARTS = 8


class Resource:
    """A group of routes; each acts with the rights of the key's owner.

    No controller itself: Odoo would make one class of all that inherit from it.
    """

    def _check_version(self, reader, record):
        """Refuse to write on another version than the client's.

        :raise ApiError: 412.
        """
        header = request.httprequest.headers.get("If-Match")
        if header is None:
            return
        # Waits for a concurrent writer; if that one commits, this request begins again.
        record.lock_for_update()
        record.invalidate_recordset()
        if not matches(header, etag_of(reader.show(record)[0])):
            detail = f"“{record.display_name}” changed since you read it. Read it again."
            raise ApiError(412, "changed", detail)


def domain_of(query, filters):
    """Write a query's filters as a domain.

    :param filters: parameter -> (field, operator).
    """
    found = []
    for name, (field, operator) in filters.items():
        value = getattr(query, name)
        if value is not None:
            value = part(value) if operator == "ilike" else naive(value)
            found.append((field, operator, value))
    return found


def part(text):
    """Return a text to look for as it stands: `%` and `_` are signs like any other."""
    return escape_psql(text)


def naive(value):
    """Return an instant as Odoo takes it: in UTC, without saying so; others as they are."""
    if hasattr(value, "tzinfo") and value.tzinfo:
        return value.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return value


def vals_of(body, names=None, lists=()):
    """Turn what a body sets into a record's values; what it leaves out stays as it is.

    :param names: property -> field, where they differ.
    :param lists: properties that replace all of a list of records.
    """
    names = names or {}
    found = {}
    for name in body.model_fields_set:
        value = naive(getattr(body, name))
        if name in lists:
            value = [fields.Command.set(value or [])]
        found[names.get(name, name)] = False if value is None else value
    return found


def parts_of(items):
    """Cut a batch that failed into parts to try by themselves.

    Eight, not two: if one item fails it costs the same, if all do a third.
    """
    size = -(-len(items) // PARTS)
    return [items[start : start + size] for start in range(0, len(items), size)]


def check_links(model, vals, names=None):
    """Refuse values that name records which the user may not see, or empty what is needed.

    :param names: property -> field, to name faults as the client does.
    :raise ApiError: 409, naming each.
    """
    faults = link_faults(model, [vals], names)[0]
    if faults:
        detail = "; ".join(f"{fault['where']}: {fault['message']}" for fault in faults)
        raise ApiError(409, "unknown_reference", f"Some values cannot be taken: {detail}.", faults)


def link_faults(model, vals_list, names=None, where="body"):
    """List what `check_links` refuses, for several records by a query a field.

    :return: a list of faults for each of the values.
    """
    called = {field: name for name, field in (names or {}).items()}
    usable = {
        name: _usable(
            model.env[model._fields[name].comodel_name],
            sorted({record for vals in vals_list for record in _linked(model, vals, name)}),
        )
        for name in {name for vals in vals_list for name in vals}
        if model._fields[name].comodel_name
    }
    found = []
    for vals in vals_list:
        faults = []
        for name, value in vals.items():
            place = f"{where}.{called.get(name, name)}"
            if model._fields[name].required and value is False:
                faults.append({"where": place, "message": "cannot be empty", "code": "missing"})
            absent = sorted(set(_linked(model, vals, name)) - set(usable.get(name, ())))
            if absent:
                message = f"there is no record {', '.join(map(str, absent[:5]))}"
                faults.append({"where": place, "message": message, "code": "not_found"})
        found.append(faults)
    return found


def _linked(model, vals, name):
    """Return the ids that a value links to."""
    field, value = model._fields[name], vals.get(name)
    if not field.comodel_name or not value:
        return []
    return value[0][2] if field.type == "many2many" else [value]


def _usable(model, ids):
    """Return the ids of records that are there, not archived, and the user's to see."""
    found = model.browse(ids).exists()._filtered_access("read")
    return (found.filtered("active") if "active" in found._fields else found).ids
