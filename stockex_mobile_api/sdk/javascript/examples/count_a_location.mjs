/** Count a location: `node count_a_location.mjs LOCATION_ID QUANTITY…`, a quantity a line. */

import { Client, uuid4 } from "../src/index.js";

const [place, ...quantities] = process.argv.slice(2).map(Number);
const client = new Client(process.env.STOCKEX_URL, process.env.STOCKEX_KEY);
const { id } = await client.createCount({ scope: "locations", location_ids: [place] });
await client.startCount(id);
const entries = [];
for await (const line of client.iterCountLines(id)) {
    entries.push({ uuid: uuid4(), line_id: line.id, quantity: quantities[entries.length] });
}
await client.createCountEntries(id, { entries });
const count = await client.submitCount(id);
console.log(`${count.name}: ${count.counted_count} lines counted, ${count.state}`);
