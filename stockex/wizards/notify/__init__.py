from . import notify_rule_preview, notify_rule_preview_line, notify_template_preview
