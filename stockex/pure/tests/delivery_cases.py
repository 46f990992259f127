"""Users, clocks and instants for the tests of delivery."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from ..notify.delivery import Frequency, Wishes

PARIS = ZoneInfo("Europe/Paris")
CASABLANCA = ZoneInfo("Africa/Casablanca")
ZONES = [
    PARIS,
    CASABLANCA,
    UTC,
    *map(
        ZoneInfo,
        (
            "America/New_York",
            "Asia/Kolkata",
            "Australia/Lord_Howe",  # half an hour of summer time
            "Pacific/Apia",
            "Africa/Cairo",  # changes at midnight
            "America/Havana",  # midnight comes twice
            "America/Santiago",  # midnight never comes
        ),
    ),
]
NIGHT = (22 * 60, 7 * 60)
MINUTE = timedelta(minutes=1)

minutes = st.integers(0, 1439)
quiets = st.none() | st.tuples(minutes, minutes)
instants = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=UTC, microsecond=0)
)
wishes_of_users = st.builds(
    Wishes,
    zone=st.sampled_from(ZONES),
    frequency=st.sampled_from(Frequency),
    digest_minute=minutes,
    digest_weekday=st.integers(0, 6),
    quiet=quiets,
    most_per_day=st.integers(0, 4),
    muted=st.frozensets(st.integers(1, 3), max_size=2),
)
