from . import (
    count_add_line,
    count_comparison,
    count_comparison_line,
    count_keep_unknown,
    count_reject,
    count_reverse,
    count_session,
)
