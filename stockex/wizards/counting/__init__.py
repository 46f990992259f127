from . import count_add_line, count_reverse
