/** What the handheld keeps, and how an older store becomes today's without losing anything. */

export const NAME = "stockex-scan";

/** The slices of the catalogue, in the order in which they are fetched. */
export const SLICES = ["sessions", "locations", "lines", "products", "lots", "packages"];

/**
 * Each step brings a store to the next version. A step that was released is never changed:
 * a device may come from any version, with unsent operations in it.
 */
export const STEPS = [
    (db) => {
        db.createObjectStore("meta", { keyPath: "key" });
        db.createObjectStore("sessions", { keyPath: "id" });
        db.createObjectStore("locations", { keyPath: "id" }).createIndex("barcode", "barcode");
        const lines = db.createObjectStore("lines", { keyPath: "id" });
        lines.createIndex("session", "session");
        lines.createIndex("place", ["session", "location"]);
        lines.createIndex("product", ["session", "product"]);
        db.createObjectStore("products", { keyPath: "id" }).createIndex("codes", "codes", {
            multiEntry: true,
        });
        db.createObjectStore("lots", { keyPath: "id" }).createIndex("name", "name");
        db.createObjectStore("packages", { keyPath: "id" }).createIndex("name", "name");
        const ops = db.createObjectStore("ops", { keyPath: "seq", autoIncrement: true });
        ops.createIndex("op", "op", { unique: true });
        ops.createIndex("state", "state");
    },
    // Photos are heavy: they wait beside the queue, so that reading it stays quick.
    (db) => {
        db.createObjectStore("photos", { keyPath: "op" });
    },
];

/**
 * Run the steps that a store lacks.
 *
 * @param {IDBDatabase} db
 * @param {IDBTransaction} transaction the upgrade's own
 * @param {number} from the store's version; 0 if it is new
 */
export function upgrade(db, transaction, from) {
    for (const step of STEPS.slice(from)) {
        step(db, transaction);
    }
}
