from . import count_session, document, replay
