import {
    Component,
    markRaw,
    onMounted,
    onPatched,
    onWillStart,
    onWillUnmount,
    onWillUpdateProps,
    useRef,
    useState,
} from "@odoo/owl";

import { sessionOf } from "../../../app/count/sessions.js";
import { _t } from "../../../app/ui/i18n.js";
import { SCREEN_PROPS, writeHash } from "../../../app/ui/router.js";
import { isGuided, nextPlace, skippedIn } from "../../count/walking.js";
import { useLeaving } from "../../leaving.js";
import { layOut } from "./layout.js";
import { SIGNS, mappedPlaces } from "./status.js";

/** From afar aisles are chosen, near by locations; sizes in pixels. */
const ZOOMS = [
    { cell: 18, gap: 3, title: 30 },
    { cell: 52, gap: 6, title: 30 },
    { cell: 84, gap: 8, title: 34 },
];
/** More than this are shown aisle by aisle. */
const MOST_CELLS = 800;
/** So many fit on a phone without looking for them. */
const FEW_CELLS = 60;

/** A picture of the zone: what is counted, what is left, where I am and where to go. */
export class ZoneMap extends Component {
    static template = "stockex_mobile_api.ScanMap";
    static props = SCREEN_PROPS;

    setup() {
        const { services } = this.props;
        this.board = useRef("board");
        this.read = null;
        this.state = useState({
            session: null,
            entries: [],
            zoom: 1,
            aisle: null,
            list: false,
            notice: "",
            width: 336,
        });
        this.leaving = useLeaving(services.scan);
        this.stop = services.scan.on((scan) => this.onScan(scan));
        onWillStart(() => this.open());
        onWillUpdateProps(() => this.load());
        const measure = () => this.measure();
        onMounted(() => {
            window.addEventListener("resize", measure);
            measure();
            this.showPresent();
        });
        onPatched(measure);
        onWillUnmount(() => {
            window.removeEventListener("resize", measure);
            this.stop();
        });
    }

    async open() {
        await this.load();
        const { entries } = this.state;
        this.state.zoom = entries.length > FEW_CELLS && !this.present ? 0 : 1;
    }

    async load() {
        const { services, id } = this.props;
        const { store, queue } = services;
        const read = [store.stamp(["sessions", "locations", "lines"]), queue.unsent.length].join();
        if (read === this.read) {
            return;
        }
        this.read = read;
        const session = await sessionOf(store, id);
        const shown = (target) => queue.shown(target);
        const entries = session ? await mappedPlaces(store, session, shown) : [];
        Object.assign(this.state, { session, entries: markRaw(entries) });
    }

    measure() {
        const width = this.board.el?.clientWidth;
        if (width && width !== this.state.width) {
            this.state.width = width;
        }
    }

    showPresent() {
        const spot = this.board.el?.querySelector(".s_map_present, .s_map_next");
        spot?.scrollIntoView({ block: "center" });
    }

    // --- What is shown ---

    get size() {
        return ZOOMS[this.state.zoom];
    }

    get isFar() {
        return this.state.zoom === 0;
    }

    /** Tell whether there are too many locations to show them all near by. */
    get isLarge() {
        return this.state.entries.length > MOST_CELLS;
    }

    get picture() {
        const places = this.state.entries.map((entry) => entry.place);
        const whole = layOut(places, { ...this.size, width: this.state.width });
        if (!this.isLarge || this.isFar) {
            return whole;
        }
        const aisle = whole.aisles.find((one) => one.name === this.state.aisle) ?? whole.aisles[0];
        const ids = new Set(aisle.cells.map((cell) => cell.id));
        const alone = layOut(
            places.filter((place) => ids.has(place.id)),
            { ...this.size, width: this.state.width }
        );
        return { ...alone, root: whole.root };
    }

    get byId() {
        return new Map(this.state.entries.map((entry) => [entry.place.id, entry]));
    }

    get present() {
        const id = Number(this.props.params.place);
        return this.state.entries.find((entry) => entry.place.id === id)?.place ?? null;
    }

    get next() {
        const open = this.state.entries.filter((entry) => entry.mine);
        return isGuided(this.props.services)
            ? (nextPlace(open, this.present, skippedIn(this.state.session))?.place ?? null)
            : null;
    }

    /** Everything that the picture's template needs, worked out once. */
    get view() {
        const { byId, present, next, picture, size, isFar } = this;
        const sketch = { ...picture, byId, present, next, isFar, path: "" };
        const ends = [present, next].map((place) =>
            picture.aisles.flatMap((aisle) => aisle.cells).find((cell) => cell.id === place?.id)
        );
        if (ends.every(Boolean) && !isFar) {
            const middle = size.cell / 2;
            sketch.path = ends.map(({ x, y }) => `${x + middle},${y + middle}`).join(" ");
        }
        return sketch;
    }

    get legend() {
        return Object.keys(SIGNS).map((status) => ({
            status,
            sign: SIGNS[status],
            text: this.word(status),
        }));
    }

    word(status) {
        return {
            open: _t("Not counted yet"),
            partly: _t("Partly counted"),
            again: _t("To be counted again"),
            counted: _t("Counted"),
            empty: _t("Nothing is expected"),
            other: _t("Somebody else counts it"),
        }[status];
    }

    sign(entry) {
        return SIGNS[entry.status];
    }

    /** Return what a screen reader says of a location. */
    text(entry) {
        const { place, status, lines, left } = entry;
        const parts = [place.name, this.word(status)];
        if (left) {
            parts.push(_t("%(left)s of %(lines)s left", { left, lines }));
        }
        if (place.id === this.present?.id) {
            parts.push(_t("you are here"));
        } else if (place.id === this.next?.id) {
            parts.push(_t("next"));
        }
        return parts.join(", ");
    }

    summary(aisle, byId) {
        const entries = aisle.cells.map((cell) => byId.get(cell.id)).filter((entry) => entry.mine);
        const open = entries.filter((entry) => entry.left).length;
        return _t("%(aisle)s: %(open)s of %(all)s locations left", {
            ...{ aisle: this.title(aisle), open, all: entries.length },
        });
    }

    title(aisle) {
        return aisle.name || _t("Other locations");
    }

    short(place, root) {
        return place.name.slice(root ? root.length + 1 : 0);
    }

    get back() {
        const place = this.present;
        return writeHash("count", this.props.id, place ? { place: place.id } : {});
    }

    // --- What the user does ---

    zoom(step) {
        this.state.zoom = Math.max(0, Math.min(ZOOMS.length - 1, this.state.zoom + step));
    }

    /** Look at an aisle from near by. */
    async enter(aisle) {
        Object.assign(this.state, { zoom: 1, aisle: aisle.name });
        await new Promise((resolve) => requestAnimationFrame(resolve));
        this.board.el?.querySelector(`[data-aisle="${CSS.escape(aisle.name)}"]`)?.scrollIntoView();
    }

    go(entry) {
        if (!entry.mine) {
            this.refuse(_t("Somebody else counts “%(name)s”.", { name: entry.place.name }));
            return;
        }
        this.leaving.go(writeHash("count", this.props.id, { place: entry.place.id }));
    }

    async onScan(scan) {
        if (await this.leaving.passOn(scan)) {
            return;
        }
        const { store } = this.props.services;
        const [place] = await store.find("locations", "barcode", scan.text.trim(), 1);
        const entry = place && this.byId.get(place.id);
        if (entry) {
            this.go(entry);
        } else {
            this.refuse(_t("This is no location of this count: scan one, or tap it."));
        }
    }

    refuse(notice) {
        this.props.services.feedback.wrong();
        this.state.notice = notice;
    }
}
