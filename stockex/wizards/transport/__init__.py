from . import transport_replay
