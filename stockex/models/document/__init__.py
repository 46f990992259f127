from . import document, ir_actions_report, count_export, count_session
