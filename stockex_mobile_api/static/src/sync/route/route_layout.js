/** Where everything of a route stands in its pictures. No DOM, no Owl: milliseconds and pixels. */

const MINUTE = 60_000;
const STEPS_MIN = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360];
const MOST_TICKS = 10;
export const ROW_PX = 24;
const LEAST_BAR_PX = 4;

/**
 * Choose the ticks of a time axis: full hours, quarters … of the reader's clock.
 *
 * @param {number} start
 * @param {number} end
 * @param {number} offsetMin the reader's zone, minutes east of UTC
 * @param {number} [most] ticks that there is room for
 */
export function ticksOf(start, end, offsetMin = 0, most = MOST_TICKS) {
    const length = Math.max(end - start, MINUTE);
    const step =
        (STEPS_MIN.find((one) => length / (one * MINUTE) <= most) ?? STEPS_MIN.at(-1)) * MINUTE;
    const offset = offsetMin * MINUTE;
    const ticks = [];
    for (let at = Math.ceil((start + offset) / step) * step - offset; at <= end; at += step) {
        ticks.push(at);
    }
    return ticks;
}

/**
 * Lay stops out: time goes right, each location has a row in the order of its first visit.
 *
 * @param {Object[]} stops with `location`, `startMs`, `endMs`
 * @param {Object[]} gaps with `startMs`, `endMs`
 * @param {{left: number, width: number, offsetMin: number}} room
 */
export function timeline(stops, gaps, { left, width, offsetMin = 0 }) {
    if (!stops.length) {
        return { rows: [], bars: [], gaps: [], ticks: [], height: 0 };
    }
    const start = stops[0].startMs;
    const end = Math.max(stops.at(-1).endMs, start + MINUTE);
    const x = (at) => left + ((at - start) / (end - start)) * (width - left);
    const rows = [];
    const rowOf = new Map();
    for (const { location, short, name } of stops) {
        if (!rowOf.has(location)) {
            rowOf.set(location, rows.length);
            rows.push({ location, short, name, y: rows.length * ROW_PX });
        }
    }
    const bars = stops.map((stop, index) => {
        const from = x(stop.startMs);
        return {
            index,
            x: Math.min(from, width - LEAST_BAR_PX),
            width: Math.max(LEAST_BAR_PX, x(stop.endMs) - from),
            y: rowOf.get(stop.location) * ROW_PX,
        };
    });
    const most = Math.max(2, Math.floor((width - left) / 70));
    return {
        rows,
        bars,
        gaps: gaps.map((gap) => ({ x: x(gap.startMs), width: x(gap.endMs) - x(gap.startMs) })),
        ticks: ticksOf(start, end, offsetMin, Math.min(most, MOST_TICKS)).map((at) => ({
            at,
            x: x(at),
        })),
        height: rows.length * ROW_PX,
    };
}

/**
 * Lay the places of a zone out: an aisle a row, its places in walking order, and the way taken.
 *
 * @param {Object[]} places in walking order, with `id`, `aisle`, `short`, `lines`
 * @param {Object[]} stops with `location`, in their order
 * @param {{left: number, width: number, cell: number}} room pixels; `left` for the aisles' names
 */
export function walkway(places, stops, { left, width, cell }) {
    const perRow = Math.max(1, Math.floor((width - left) / cell));
    const visits = new Map();
    stops.forEach(({ location }, index) => {
        visits.set(location, [...(visits.get(location) ?? []), index + 1]);
    });
    const aisles = new Map();
    for (const place of places) {
        aisles.set(place.aisle, [...(aisles.get(place.aisle) ?? []), place]);
    }
    const nodes = [];
    const names = [];
    let row = 0;
    for (const [aisle, found] of aisles) {
        names.push({ name: aisle, y: (row + 0.5) * cell });
        found.forEach((place, index) => {
            nodes.push({
                ...place,
                x: left + ((index % perRow) + 0.5) * cell,
                y: (row + Math.floor(index / perRow) + 0.5) * cell,
                visits: visits.get(place.id) ?? [],
            });
        });
        row += Math.ceil(found.length / perRow);
    }
    const at = new Map(nodes.map((node) => [node.id, node]));
    const way = stops.map(({ location }) => at.get(location)).filter(Boolean);
    return {
        nodes,
        aisles: names,
        path: way.map(({ x, y }, index) => `${index ? "L" : "M"}${x} ${y}`).join(" "),
        first: way[0] ?? null,
        last: way.at(-1) ?? null,
        width: Math.max(left, ...nodes.map(({ x }) => x + cell / 2)),
        height: row * cell,
    };
}

/**
 * Lay positions out as on a map: north up, east right, as many metres a pixel both ways.
 *
 * @param {Object[]} positions with `lat`, `lon`, `accuracy`
 * @param {number} side pixels
 * @returns {{dots: Object[], path: string, metres: number}} `metres` that the picture is wide
 */
export function scatter(positions, side) {
    if (!positions.length) {
        return { dots: [], path: "", metres: 0 };
    }
    const metresPerDegree = 111_320;
    const middle = positions.reduce((sum, { lat }) => sum + lat, 0) / positions.length;
    const shrink = Math.cos((middle * Math.PI) / 180);
    const flat = positions.map(({ lat, lon }) => [
        lon * metresPerDegree * shrink,
        lat * metresPerDegree,
    ]);
    const span = (axis) => {
        const values = flat.map((point) => point[axis]);
        return [Math.min(...values), Math.max(...values)];
    };
    const [west, east] = span(0);
    const [south, north] = span(1);
    // Less than this is the device's own noise.
    const metres = Math.max(east - west, north - south, 20) * 1.1;
    const scale = side / metres;
    const dots = flat.map(([east_, north_], index) => ({
        index,
        x: side / 2 + (east_ - (west + east) / 2) * scale,
        y: side / 2 - (north_ - (south + north) / 2) * scale,
        r: Math.min(side / 4, Math.max(0, (positions[index].accuracy || 0) * scale)),
    }));
    return {
        dots,
        path: dots.map(({ x, y }, index) => `${index ? "L" : "M"}${x} ${y}`).join(" "),
        metres: Math.round(metres),
    };
}

/** Split a duration for people: `{hours, minutes, seconds}`. */
export function parts(seconds) {
    return {
        hours: Math.floor(seconds / 3600),
        minutes: Math.floor((seconds % 3600) / 60),
        seconds: seconds % 60,
    };
}
