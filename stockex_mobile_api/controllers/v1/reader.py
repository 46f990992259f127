"""Shows records as the API does: by a schema, as far as the key's owner may see them."""

from datetime import UTC

from ...pure.v1.cursor import CursorInvalid, Position, query_mark, read_cursor, write_cursor
from .errors import ApiError, not_found

NOT_FILTERS = ("cursor", "limit", "fields", "sort")
TEXTS = ("char", "text", "html", "selection", "reference")


class Reader:
    """The fields of a model as the properties of a schema.

    :param names: property -> field, where they differ.
    :param computed: property -> function of the records, returning {id: value}.
    """

    def __init__(self, model, schema, names=None, computed=None):
        self.model = model
        self.schema = schema
        self.computed = computed or {}
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
            domain = [*domain, *_after(_position(query.cursor, mark), field, descending)]
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
            return list(self.schema.model_fields)
        return [name for name in self.schema.model_fields if name in asked]


def instant(moment):
    """Write an instant that Odoo keeps in UTC."""
    if not moment:
        return None
    return moment.replace(tzinfo=UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def link(record):
    """Show another record by its id and name; None if there is none."""
    return {"id": record.id, "name": record.display_name} if record else None


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


def _position(text, mark):
    try:
        return read_cursor(text, mark)
    except CursorInvalid as error:
        fault = {"where": "query.cursor", "message": str(error), "code": "cursor"}
        detail = "The cursor cannot be taken. Begin the list again without it."
        raise ApiError(409, "cursor_invalid", detail, [fault]) from error


def _after(position, field, descending):
    sign = "<" if descending else ">"
    if field == "id":
        return [("id", sign, position.id)]
    return [
        "|",
        (field, sign, position.value),
        *("&", (field, "=", position.value), ("id", sign, position.id)),
    ]


def _plain(value):
    return value.isoformat(sep=" ") if hasattr(value, "isoformat") else value
