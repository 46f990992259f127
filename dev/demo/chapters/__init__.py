"""The chapters in the order in which they are told.

A chapter is a module with `run(story)`: it writes what it needs at once and schedules with
`story.schedule` what happens at moments of the story. An addon adds a chapter by naming it here.
"""

from . import (
    catalogue,
    companies,
    connections,
    count_rules,
    counts,
    handhelds,
    history,
    notifications,
    people,
    warehouses,
)

CHAPTERS = (
    companies,
    people,
    warehouses,
    catalogue,
    count_rules,
    history,
    counts,
    handhelds,
    notifications,
    connections,
)
