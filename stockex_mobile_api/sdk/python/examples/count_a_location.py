"""Count a location: `python count_a_location.py LOCATION_ID QUANTITY…`, a quantity a line."""

import os
import sys
from uuid import uuid4

from stockex_client import Client

place, *quantities = sys.argv[1:]
client = Client(os.environ["STOCKEX_URL"], os.environ["STOCKEX_KEY"])
count = client.create_count({"scope": "locations", "location_ids": [int(place)]})
client.start_count(count["id"])
pairs = zip(client.iter_count_lines(count["id"]), map(float, quantities), strict=True)
entries = [{"uuid": str(uuid4()), "line_id": line["id"], "quantity": n} for line, n in pairs]
client.create_count_entries(count["id"], {"entries": entries})
count = client.submit_count(count["id"])
sys.stdout.write(f"{count['name']}: {count['counted_count']} lines counted, {count['state']}\n")
