from . import test_scan_bundle
