"""The handheld on its way: fetching, without a network, and with much that waits."""

import asyncio
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import odoo_scans
from .device import Device, browsing
from .fixture import COUNTER, STOREKEEPER
from .walk import Scan, walk

PEER_SCANS = 50
# As the application writes them.
FILL_QUEUE = """async ([lines, session, count]) => {
    const db = await new Promise((resolve) => {
        const request = indexedDB.open("stockex-scan");
        request.onsuccess = () => resolve(request.result);
    });
    const transaction = db.transaction(["meta", "ops"], "readwrite");
    transaction.objectStore("meta").get("me").onsuccess = ({ target }) => {
        for (let number = 0; number < count; number++) {
            const line = lines[number % lines.length];
            const what = { kind: "count", session, line, quantity: 1, mode: "add" };
            transaction.objectStore("ops").add({
                op: crypto.randomUUID(), user: target.result.value.user.id, body: what, shown: 1,
                at: new Date().toISOString(), state: "waiting", result: null,
                takesBack: null, target: null, label: "",
            });
        }
    };
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    db.close();
}"""


@dataclass
class Figures:
    """:ivar scans: what was scanned, and for each round after how many ms what was there."""

    fetch_s: float = 0
    fetch_mb: float = 0
    opened: dict[str, float] = field(default_factory=dict)
    heap_mb: dict[str, float] = field(default_factory=dict)
    scans: list[Scan] = field(default_factory=list)
    rounds: dict[str, list[list[dict[str, float]]]] = field(default_factory=dict)
    peer: list[dict[str, float]] = field(default_factory=list)


def go(
    url: str, folder: Path, made: dict[str, Any], scans: int, waiting: int, rounds: int
) -> Figures:
    """Measure a handheld on a server; return the figures."""
    return asyncio.run(_go(url, folder, made, scans, waiting, rounds))


async def _go(
    url: str, folder: Path, made: dict[str, Any], scans: int, waiting: int, rounds: int
) -> Figures:
    figures = Figures(scans=walk(made["lines"], scans))
    async with browsing(folder / "first") as context:
        device = await Device.start(context, url)
        await device.sign_in(COUNTER)
        figures.fetch_s = await device.fetch()
        figures.fetch_mb = device.received / 1e6
        await device.cut_off()
    for number in range(rounds):
        for name, queue in (("empty", 0), ("waiting", waiting)):
            # Each from the same state, as the first fetch left it.
            store = folder / f"{name}{number}"
            shutil.copytree(folder / "first", store, ignore=shutil.ignore_patterns("Singleton*"))
            await _walked(url, store, made, figures, name, queue)
    async with browsing(folder / "odoo") as context:
        device = await Device.start(context, url)
        await device.sign_in(STOREKEEPER)
        figures.peer = await odoo_scans.scan(device, made["lines"][:PEER_SCANS])
    return figures


async def _walked(
    url: str, store: Path, made: dict[str, Any], figures: Figures, name: str, queue: int
) -> None:
    count = f"count/{made['session']}"
    async with browsing(store) as context:
        await context.set_offline(True)
        device = await Device.start(context, url)
        await device.open("tasks", "tasks")
        lines = [line["line"] for line in made["lines"]]
        await device.page.evaluate(FILL_QUEUE, [lines, made["session"], queue])
        figures.opened[f"tasks, {name}"] = await device.open("tasks", "tasks")
        figures.opened[f"count, {name}"] = await device.open(count, "count")
        figures.rounds.setdefault(name, []).append(await device.walk(figures.scans))
        figures.heap_mb[name] = await device.heap_mb()
