"""Which errors an operation may answer with."""

from .operation import Operation

KEY = {
    401: "No key, or one that does not hold any more.",
    403: "The key's scopes or its owner's rights do not allow it.",
    429: "More requests than the key may make.",
}


ANY = {
    422: "A property or parameter breaks its contract; `errors` names each.",
    500: "Something failed inside; the log has it under `request_id`, the answer tells no more.",
    503: "Others work on the same records just now; try again.",
}


def refusals_of(operation: Operation) -> dict[int, str]:
    """Return status -> what it means for the operation, by rising status."""
    found = ANY | (KEY if operation.scope is not None else {})
    if operation.parameters:
        found[404] = "No such record, or none that the key's owner may see."
    if operation.query and "cursor" in operation.query.model_fields:
        found[409] = "The cursor is none, or belongs to another query."
    if operation.takes_body:
        found[413] = "The body is too large."
        found[415] = "The body has another content type."
    if operation.body:
        found[400] = "The body is no JSON."
    if not operation.is_safe:
        found[409] = "The record's state or a rule of the business does not allow it."
    if operation.versioned and not operation.is_safe:
        found[412] = "The record changed since the version in `If-Match`."
    found.update(operation.refusals)
    return dict(sorted(found.items()))
