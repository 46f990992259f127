/**
 * Where the locations of a zone stand in a picture: aisles, in them racks beside one another
 * and levels above one another, as names and walking order tell. No DOM.
 */

/** More levels than a person reaches are no levels, but places in a row. */
const MOST_LEVELS = 8;
const EDGE = 8;

/**
 * @typedef {object} Cell
 * @property {number} id of the location
 * @property {string} label what tells it from the others of its aisle
 * @property {number} x
 * @property {number} y
 *
 * @typedef {object} Aisle
 * @property {string} name
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {Cell[]} cells in walking order; `x` and `y` are of the whole picture
 *
 * @typedef {object} Picture
 * @property {string} root what all names begin with
 * @property {number} width
 * @property {number} height
 * @property {Aisle[]} aisles in the order in which they are entered
 */

/**
 * Lay out a picture.
 *
 * @param {{id: number, name: string}[]} places in walking order; names have their parents'
 *     before them, parted by a slash
 * @param {{width: number, cell: number, gap: number, title: number}} size in pixels; title:
 *     height of an aisle's name
 * @returns {Picture}
 */
export function layOut(places, size) {
    const { root, addresses } = addressesOf(places.map((place) => place.name));
    const aisles = [...groupsOf(addresses).entries()].map(([name, members]) => ({
        name,
        ...gridOf(members.map((index) => ({ id: places[index].id, parts: addresses[index] }))),
    }));
    return { root, ...packed(aisles, size) };
}

// --- Names ---

/**
 * Split names into what tells aisle, rack and level.
 *
 * @param {string[]} names
 * @returns {{root: string, addresses: string[][]}} an address has one part at least
 */
export function addressesOf(names) {
    const paths = names.map((name) => name.split("/").map((part) => part.trim()));
    const shared = sharedLength(paths);
    return {
        root: (paths[0] ?? []).slice(0, shared).join("/"),
        addresses: paths.map((path) => partsOf(path.slice(shared))),
    };
}

/** Return how many parts all paths begin with; each keeps its last one. */
function sharedLength(paths) {
    const [first = []] = paths;
    let length = Math.min(...paths.map((path) => path.length - 1));
    for (const path of paths) {
        while (length > 0 && path.slice(0, length).join("/") !== first.slice(0, length).join("/")) {
            length -= 1;
        }
    }
    return Number.isFinite(length) ? length : 0;
}

/** Return the parts of a path: "A", "A-01", "A-01-3" and "A-01-3" alone are A, 01, 3. */
function partsOf(path) {
    const own = path.map((part, index) => withoutParent(part, path[index - 1]));
    const last = own.pop();
    return [...own, ...(/\d/.test(last) ? last.match(/\d+|[^\d\s\-_.:]+/g) : [last])];
}

function withoutParent(part, parent) {
    const rest = parent && part.startsWith(parent) ? part.slice(parent.length) : "";
    return rest.replace(/^[\s\-_.:]+/, "") || part;
}

/** Return the indexes of the members of each aisle; what has no aisle is in "". */
function groupsOf(addresses) {
    const aisles = new Set(addresses.filter((parts) => parts.length > 1).map(([name]) => name));
    const groups = new Map();
    addresses.forEach((parts, index) => {
        const name = aisles.has(parts[0]) ? parts[0] : "";
        const members = groups.get(name) ?? [];
        members.push(index);
        groups.set(name, members);
    });
    return groups;
}

// --- An aisle ---

/**
 * Put the members of an aisle into columns and rows.
 *
 * @param {{id: number, parts: string[]}[]} members in walking order
 * @returns {{spots: {id, label, column: number, row: number}[], columns: number, rows: number}}
 *     row 0 is the top
 */
function gridOf(members) {
    const rests = restsOf(members);
    const levels = new Set(rests.filter((rest) => rest.length > 1).map((rest) => rest.at(-1)));
    const stacked = levels.size <= MOST_LEVELS;
    const taken = new Set();
    const found = members.map(({ id }, index) => {
        const rest = rests[index];
        const level = stacked && rest.length > 1 ? rest.at(-1) : "";
        let column = (level ? rest.slice(0, -1) : rest).join("-");
        while (taken.has(`${column}\n${level}`)) {
            // Two of one name: beside one another.
            column += "'";
        }
        taken.add(`${column}\n${level}`);
        return { id, label: rest.join("-"), column, level };
    });
    const columns = numbered(found.map((one) => one.column));
    // The lowest level is at the bottom, as in the shelf.
    const rows = numbered([...new Set(found.map((one) => one.level))].sort(naturally).reverse());
    const spots = found.map(({ id, label, column, level }) => ({
        ...{ id, label, column: columns.get(column), row: rows.get(level) },
    }));
    return { spots, columns: columns.size, rows: rows.size };
}

/** Return what tells each member from the others of its aisle. */
function restsOf(members) {
    const rests = members.map(({ parts }) => (parts.length > 1 ? parts.slice(1) : parts));
    const [first] = rests;
    if (rests.length < 2 || rests.some((rest) => rest.length !== first.length)) {
        return rests;
    }
    const telling = first.map((part, index) => rests.some((rest) => rest[index] !== part));
    return telling.includes(true)
        ? rests.map((rest) => rest.filter((_part, index) => telling[index]))
        : rests;
}

function numbered(values) {
    return new Map([...new Set(values)].map((value, index) => [value, index]));
}

function naturally(one, other) {
    return one.localeCompare(other, "en", { numeric: true });
}

// --- The picture ---

/** Put aisles beside one another while there is room, and wrap those that are too long. */
function packed(aisles, { width, cell, gap, title }) {
    const step = cell + gap;
    const most = Math.max(1, Math.floor((width - 2 * EDGE + gap) / step));
    const placed = [];
    let [x, y, band] = [0, 0, 0];
    for (const aisle of aisles) {
        const across = Math.min(aisle.columns, most);
        const bands = Math.ceil(aisle.columns / most);
        const box = {
            width: Math.max(across * step - gap + 2 * EDGE, Math.min(width, 3 * cell)),
            height: title + bands * aisle.rows * step + (bands - 1) * gap + EDGE,
        };
        if (x > 0 && x + box.width > width) {
            [x, y, band] = [0, y + band, 0];
        }
        placed.push({ name: aisle.name, x, y, ...box, cells: cellsOf(aisle, { x, y }) });
        x += box.width + gap;
        band = Math.max(band, box.height + gap);
    }
    return { width, height: y + band, aisles: placed };

    function cellsOf(aisle, from) {
        const deep = aisle.rows * step + gap;
        return aisle.spots.map(({ id, label, column, row }) => ({
            id,
            label,
            x: from.x + EDGE + (column % most) * step,
            y: from.y + title + Math.floor(column / most) * deep + row * step,
        }));
    }
}
