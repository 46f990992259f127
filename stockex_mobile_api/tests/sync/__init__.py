from . import (
    test_sync_adhoc,
    test_sync_catalogue,
    test_sync_conflicts,
    test_sync_devices,
    test_sync_entering,
    test_sync_photos,
    test_sync_pushing,
    test_sync_queries,
    test_sync_refusing,
    test_sync_routes,
    test_sync_schedules,
    test_sync_undoing,
)
