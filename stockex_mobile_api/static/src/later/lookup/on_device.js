/** What the device itself knows of something: what it is, and what its user counted. */

import { isLocal } from "../../app/count/sessions.js";
import { resolveScan } from "../../app/scan/resolve.js";
import { keysOf } from "../../app/sync/ops.js";
import { findByName } from "./names.js";

const STORES = { product: "products", lot: "lots", location: "locations", package: "packages" };
const MOST_MATCHES = 20;
const UNKNOWN = { status: "unknown", card: null, matches: [], more: 0, blind: null };

/**
 * Look something up in the store; the answer has the server's shape, without any figure.
 *
 * @param {Object} store
 * @param {import("./subject.js").Subject} subject
 * @param {{now: Date, companies?: Object[]}} facts companies: the user's, as the server says
 * @returns {Promise<Object>} `at`: as of when the device knows it, null if it never heard
 */
export async function lookOnDevice(store, subject, facts) {
    const found = await candidates(store, subject);
    const kind = found[0]?.kind ?? (subject.kind === "code" ? "product" : subject.kind);
    const version = await store.get("meta", `version:${STORES[kind]}`);
    const at = version ? new Date(parseInt(version.version, 10)).toISOString() : null;
    if (!found.length) {
        return { ...UNKNOWN, at };
    }
    if (found.length > 1) {
        const matches = await Promise.all(
            found.slice(0, MOST_MATCHES).map((one) => row(store, one))
        );
        const more = found.length - matches.length;
        return { ...UNKNOWN, status: "several", matches, more, at };
    }
    const card = await cardOf(store, found[0], facts);
    return { ...UNKNOWN, status: "one", card, at };
}

/** Return `{kind, record, pack}` of all that a subject may be. */
async function candidates(store, subject) {
    if (subject.kind !== "code") {
        const record = await store.get(STORES[subject.kind], subject.id);
        return record ? [{ kind: subject.kind, record }] : [];
    }
    const { candidates: found } = await resolveScan(subject.text, codesOf(store), {
        format: subject.format,
        productById: (id) => store.get("products", id),
    });
    const known = found.map((one) => {
        const kind = one.lot ? "lot" : one.kind;
        return { kind, record: one[kind], pack: one.pack };
    });
    return known.length || !subject.typed ? known : findByName(store, subject.text, MOST_MATCHES);
}

function codesOf(store) {
    return {
        byBarcode: (code) => store.find("products", "codes", code, MOST_MATCHES),
        lotsByName: (name) => store.find("lots", "name", name, MOST_MATCHES),
        locationByBarcode: (code) => store.find("locations", "barcode", code, MOST_MATCHES),
        packageByName: (name) => store.find("packages", "name", name, MOST_MATCHES),
    };
}

async function row(store, { kind, record }) {
    const product = kind === "lot" ? await store.get("products", record.product) : null;
    const detail = kind === "product" ? record.code : (product?.name ?? null);
    return { kind, id: record.id, name: record.name, detail };
}

async function cardOf(store, { kind, record, pack }, facts) {
    const base = { kind, id: record.id, name: record.name };
    if (kind === "product") {
        return { ...base, ...identityOf(record), ...(pack && { pack }) };
    }
    if (kind === "lot") {
        const product = await store.get("products", record.product);
        const expires = record.expires ? `${record.expires.replace(" ", "T")}Z` : null;
        return {
            ...base,
            product: { id: record.product, name: product?.name ?? "" },
            tracking: product?.tracking ?? "lot",
            expires,
            state: stateOf(expires, facts.now),
        };
    }
    if (kind === "location") {
        const company = facts.companies?.find((one) => one.id === record.company);
        const isCounted = Boolean(company?.adhoc);
        return { ...base, barcode: record.barcode, active: true, can_count: isCounted };
    }
    return base;
}

function identityOf(record) {
    return {
        code: record.code,
        barcode: record.barcodes.find((one) => one !== record.code) ?? null,
        packs: record.packs,
        uom: record.uom.name,
        tracking: record.tracking,
        active: true,
        picture: null,
    };
}

function stateOf(expires, now) {
    return expires && (new Date(expires) <= now ? "expired" : "good");
}

// --- Own counts ---

/**
 * Return what the user counted of something, with what is not sent yet.
 *
 * @param {Object} store
 * @param {Object} queue
 * @param {number} user
 * @param {Object} card
 * @returns {Promise<Object[]>} `session`, `product`, `location`, `lot`: names; `quantity`
 */
export async function ownCounts(store, queue, user, card) {
    const sessions = (await store.all("sessions")).filter(
        (session) => !isLocal(session) || session.user === user
    );
    const lines = (await Promise.all(sessions.map((one) => linesOf(store, one.id, card)))).flat();
    const targets = [...lines.map(targetOf), ...unsentOf(queue, user, card)];
    const seen = new Set();
    const counted = targets
        .filter((target) => isNew(target, seen))
        .map((target) => ({ ...target, quantity: queue.shown(target) }))
        .filter(({ quantity }) => quantity !== null);
    return Promise.all(counted.map((one) => named(store, sessions, one)));
}

/** A count that became a line meanwhile is told with its line. */
function isNew(target, seen) {
    const keys = keysOf(target);
    const isKnown = target.line ? false : keys.some((key) => seen.has(key));
    keys.forEach((key) => seen.add(key));
    return !isKnown;
}

function targetOf(line) {
    const pack = line.package ? { id: line.package } : null;
    const lot = line.lot ? { id: line.lot } : null;
    const product = { id: line.product };
    return {
        session: line.session,
        line,
        product,
        place: { id: line.location },
        lot,
        package: pack,
    };
}

async function linesOf(store, session, { kind, id, product }) {
    if (kind === "location") {
        return store.find("lines", "place", [session, id]);
    }
    if (kind === "package") {
        return [];
    }
    const found = await store.find("lines", "product", [session, product?.id ?? id]);
    return kind === "lot" ? found.filter((line) => line.lot === id) : found;
}

/** What was counted here and may be no line of the server's yet. */
function unsentOf(queue, user, { kind, id }) {
    const isOf = ({ body, user: whose }) =>
        body.kind === "count" && body.product && !body.line && whose === user && body[kind] === id;
    return queue.unsent.filter(isOf).map(({ body }) => ({
        session: body.session,
        product: { id: body.product },
        place: { id: body.location },
        lot: body.lot ? { id: body.lot } : null,
        lotName: body.lot_name ?? null,
        package: body.package ? { id: body.package } : null,
    }));
}

async function named(store, sessions, { session, product, place, lot, lotName, quantity }) {
    const [goods, location, batch] = await Promise.all([
        store.get("products", product.id),
        store.get("locations", place.id),
        lot ? store.get("lots", lot.id) : null,
    ]);
    const count = sessions.find((one) => one.id === session);
    return {
        session: count?.title ?? count?.name ?? "",
        product: goods?.name ?? "",
        location: location?.name ?? "",
        lot: batch?.name ?? lotName ?? null,
        uom: goods?.uom.name ?? "",
        quantity,
    };
}
