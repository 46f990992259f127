"""What Odoo's own web client does for a scan: one call to find it, one to keep the count."""

from typing import Any

from .device import Device

# Odoo Community has no screen that counts by scanning: these are the calls that its inventory
# screen makes to find a product by its barcode and to keep what was counted.
SCAN = """async (lines) => {
    let number = 0;
    const call = async (model, method, args, kwargs) => {
        const body = { jsonrpc: "2.0", id: (number += 1), params: { model, method, args, kwargs } };
        const answer = await fetch(`/web/dataset/call_kw/${model}/${method}`, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(body),
        });
        const { result, error } = await answer.json();
        if (error) {
            throw new Error(error.data.message);
        }
        return result;
    };
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(null);
    }));
    const card = document.body.appendChild(document.createElement("h2"));
    const found = [];
    for (const line of lines) {
        const began = performance.now();
        const domain = [["barcode", "=", line.code]];
        const fields = ["display_name", "uom_id", "tracking"];
        const [product] = await call("product.product", "search_read", [domain, fields], {});
        card.textContent = product.display_name;
        await drawn();
        const shown = performance.now() - began;
        const vals = { product_id: product.id, location_id: line.place, inventory_quantity: 1 };
        await call("stock.quant", "create", [[{ ...vals, lot_id: line.lot_id }]], {
            context: { inventory_mode: true },
        });
        found.push({ shown, kept: performance.now() - began });
    }
    return found;
}"""


async def scan(device: Device, lines: list[dict[str, Any]]) -> list[dict[str, float]]:
    """Find and keep one line after the other; return after how many ms each was there."""
    return list(await device.page.evaluate(SCAN, lines))
