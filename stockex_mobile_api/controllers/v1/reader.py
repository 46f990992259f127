"""Shows records as the API does: by a schema, as far as the key's owner may see them."""

from datetime import UTC, datetime

from odoo.fields import Domain
from odoo.tools import SQL

from ...pure.v1.cursor import CursorInvalid, Position, query_mark, read_cursor, write_cursor
from .errors import ApiError, not_found

NOT_FILTERS = ("cursor", "limit", "fields", "sort")
TEXTS = ("char", "text", "html", "selection", "reference")


class Reader:
    """The fields of a model as the properties of a schema.

    :param names: property -> field, where they differ.
    :param computed: property -> function of the records, returning {id: value}.
    :param on_request: properties that are shown only if a client asks for them by name.
    """

    def __init__(self, model, schema, names=None, computed=None, on_request=()):
        self.model = model
        self.schema = schema
        self.computed = computed or {}
        self.on_request = on_request
        names = names or {}
        self.fields = {
            name: names.get(name, name) for name in schema.model_fields if name not in self.computed
        }

    def show(self, records, wanted=None):
        """Return a dict a record, in their order.

        What the user's roles do not show is null.

        :param wanted: names of properties; all if None.
        """
        wanted = self._wanted(wanted)
        model = records.env[self.model]
        columns = {name: self.fields[name] for name in wanted if name in self.fields}
        seen = {
            field
            for field in columns.values()
            if model._has_field_access(model._fields[field], "read")
        }
        _fetch_inherited(records, seen)
        rows = records.read(sorted(seen))
        extra = {name: self.computed[name](records) for name in wanted if name in self.computed}
        writers = {
            name: _writer(model._fields[field]) if field in seen else None
            for name, field in columns.items()
        }
        return [
            {
                name: (
                    extra[name].get(row["id"])
                    if name in extra
                    else writers[name](row[columns[name]])
                    if writers[name]
                    else None
                )
                for name in wanted
            }
            for row in rows
        ]

    def one(self, env, record_id, query=None):
        """Show one record.

        :raise ApiError: 404 if it is not there, or not for this user.
        """
        return self.show(self.find(env, record_id), getattr(query, "fields", None))[0]

    def find(self, env, record_id):
        """Return a record that the user may read; 404 for any other."""
        record = env[self.model].browse(record_id).exists()
        if not record or not record.has_access("read"):
            raise not_found()
        return record

    def page(self, env, query, domain, sorts=None):
        """Show a page of records.

        :param query: with cursor, limit, fields, sort.
        :param sorts: name that clients sort by -> stored field that is never empty.
        """
        field, descending = _order(query.sort, sorts or {})
        mark = query_mark(query.model_dump(mode="json", exclude=set(NOT_FILTERS[:3])))
        model = env[self.model]
        if query.cursor:
            position = _position(query.cursor, mark, model._fields[field].type)
            domain = Domain(domain) & _after(position, field, descending)
        way = "desc" if descending else "asc"
        order = f"id {way}" if field == "id" else f"{field} {way}, id {way}"
        records = model.search(domain, order=order, limit=query.limit + 1)
        more, records = len(records) > query.limit, records[: query.limit]
        cursor = None
        if more:
            last = records[-1]
            cursor = write_cursor(Position(_plain(last[field]), last.id), mark)
        return {"data": self.show(records, query.fields), "next_cursor": cursor}

    def _wanted(self, asked):
        if not asked:
            return [name for name in self.schema.model_fields if name not in self.on_request]
        return [name for name in self.schema.model_fields if name in asked]


def instant(moment):
    """Write an instant that Odoo keeps in UTC."""
    if not moment:
        return None
    return moment.replace(tzinfo=UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def link(record):
    """Show another record by its id and name; None if there is none."""
    return {"id": record.id, "name": record.display_name} if record else None


def _fetch_inherited(records, names):
    """Read of the records that a model delegates to what is shown, not all that they hold."""
    for parent, delegate in records._inherits.items():
        columns = records.env[parent]._fields
        wanted = [
            name
            for name in names
            if records._fields[name].inherited and name in columns and columns[name].store
        ]
        if wanted:
            records.fetch([delegate, *names])
            # Record rules look at the company; alone, it would bring all columns along.
            records[delegate].fetch({*wanted, "company_id"} & set(columns))


def _writer(field):
    if field.type == "many2one":
        return lambda value: {"id": value[0], "name": value[1] or ""} if value else None
    if field.type == "datetime":
        return instant
    if field.type == "date":
        return lambda value: value.isoformat() if value else None
    if field.type in TEXTS:
        return lambda value: value or None
    return lambda value: value


def _order(sort, sorts):
    name = (sort or "id").removeprefix("-")
    return sorts.get(name, "id"), bool(sort) and sort.startswith("-")


def _position(text, mark, kind):
    try:
        position = read_cursor(text, mark)
        if kind == "datetime":
            moment = datetime.fromisoformat(str(position.value))
            return Position(moment.replace(tzinfo=None), position.id)
        if kind == "char" and not isinstance(position.value, str):
            raise CursorInvalid("not a cursor of this API")
    except ValueError as error:
        fault = {"where": "query.cursor", "message": "not a cursor of this list", "code": "cursor"}
        if isinstance(error, CursorInvalid):
            fault["message"] = str(error)
        detail = "The cursor cannot be taken. Begin the list again without it."
        raise ApiError(409, "cursor_invalid", detail, [fault]) from error
    return position


def _after(position, field, descending):
    """Return the domain of what comes after a position, exactly as the list is ordered.

    Odoo compares instants by whole seconds but orders them by microseconds.
    """
    if field == "id":
        return Domain("id", "<" if descending else ">", position.id)

    def to_sql(model, alias, query):
        return SQL(
            "(%s, %s) %s (%s, %s)",
            model._field_to_sql(alias, field, query),
            SQL.identifier(alias, "id"),
            SQL("<" if descending else ">"),
            position.value,
            position.id,
        )

    return Domain.custom(to_sql=to_sql)


def _plain(value):
    return value.isoformat(sep=" ") if hasattr(value, "isoformat") else value
