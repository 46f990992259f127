"""Between the database's instants, without a zone, and those of pure code, with one."""

from datetime import UTC


def aware(instant):
    return instant.replace(tzinfo=UTC)


def naive(instant):
    return instant.astimezone(UTC).replace(tzinfo=None)
