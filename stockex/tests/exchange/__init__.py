from . import (
    test_import_access,
    test_import_applying,
    test_import_checking,
    test_import_creating,
    test_import_faults,
    test_import_files,
    test_import_refusals,
    test_import_taking_back,
)
