from . import count_add_line, count_keep_unknown, count_reverse
