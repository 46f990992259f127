"""Count a location: `python count_a_location.py LOCATION_ID QUANTITY…`, a quantity a line."""

import os
import sys
import uuid

from stockex_client import Client

location_id, *quantities = sys.argv[1:]
client = Client(os.environ["STOCKEX_URL"], os.environ["STOCKEX_KEY"])

count = client.create_count({"scope": "locations", "location_ids": [int(location_id)]})
client.start_count(count["id"])
client.create_count_entries(
    count["id"],
    {
        "entries": [
            {"uuid": str(uuid.uuid4()), "line_id": line["id"], "quantity": float(quantity)}
            for line, quantity in zip(client.iter_count_lines(count["id"]), quantities, strict=True)
        ]
    },
)
count = client.submit_count(count["id"])
sys.stdout.write(f"{count['name']}: {count['counted_count']} lines counted, {count['state']}\n")
