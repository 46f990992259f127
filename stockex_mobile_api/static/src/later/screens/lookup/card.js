import { Component, useState } from "@odoo/owl";

import { _t, quantity } from "../../../app/ui/i18n.js";
import { writeHash } from "../../../app/ui/router.js";
import { day, money } from "../../lookup/formats.js";

/** One thing: what it is, and the figures that its reader may know. */
export class Card extends Component {
    static template = "stockex_mobile_api.ScanLookupCard";
    static props = {
        card: Object,
        isBlind: Boolean,
        notes: Array,
        mine: Array,
        tag: String,
    };

    setup() {
        this.state = useState({ isPictureGone: false });
    }

    href(kind, link) {
        return writeHash("lookup", null, { [kind]: link.id });
    }

    /** Where a count of the location begins. */
    get countHref() {
        return writeHash("adhoc", null, { place: this.props.card.id });
    }

    amount(value) {
        return quantity(value);
    }

    day(text) {
        return day(text, this.props.tag);
    }

    price(price) {
        return money(price, this.props.tag);
    }

    isOver(text) {
        return new Date(text) < new Date();
    }

    /** Tell whether something was due before today: what is due today may still come. */
    isLate(text) {
        return new Date(text) < new Date().setHours(0, 0, 0, 0);
    }

    more(number) {
        return _t("and %(number)s more", { number });
    }

    /** What a row of contents is called: its product, and its lot. */
    contentName(row) {
        return [row.product.name, row.lot?.name].filter(Boolean).join(" · ");
    }

    /** Not everybody who sees what lies there may open its lots. */
    contentHref({ lot, product }) {
        return lot?.id ? this.href("lot", lot) : this.href("product", product);
    }

    mineName(row) {
        const { kind } = this.props.card;
        const names = {
            product: [row.location, row.lot],
            lot: [row.location],
            location: [row.product, row.lot],
        }[kind];
        return (names ?? []).filter(Boolean).join(" · ");
    }

    get tracking() {
        const { card } = this.props;
        const texts = { lot: _t("Tracked by lot"), serial: _t("Tracked by serial number") };
        return card.kind === "product" ? (texts[card.tracking] ?? "") : "";
    }

    get kindName() {
        const { card } = this.props;
        return card.tracking === "serial" ? _t("Serial number") : _t("Lot");
    }

    get pack() {
        const { pack, uom } = this.props.card;
        return pack
            ? _t("The code is of a %(pack)s: %(quantity)s %(unit)s.", {
                  pack: pack.name,
                  quantity: quantity(pack.quantity),
                  unit: uom,
              })
            : "";
    }

    get packs() {
        const { packs = [], uom } = this.props.card;
        return packs.map(({ barcode, name, quantity: size }) =>
            [barcode, name, `${quantity(size)} ${uom}`].join(" · ")
        );
    }

    get lotState() {
        return {
            expired: { text: _t("Expired"), tone: "s_bad" },
            remove: { text: _t("To be removed from stock"), tone: "s_bad" },
            past_best_before: { text: _t("Past its best-before date"), tone: "s_look_warn" },
            expires_soon: { text: _t("Expires soon"), tone: "s_look_warn" },
            good: { text: _t("Good"), tone: "s_good" },
        }[this.props.card.state];
    }

    get dates() {
        const { card } = this.props;
        return [
            [_t("Expires"), card.expires],
            [_t("Best before"), card.best_before],
            [_t("Remove from stock by"), card.removal],
        ].filter(([, date]) => date);
    }

    get noteTexts() {
        const texts = {
            new_lot: (value) => _t("Nobody knows the lot on the label yet: %(value)s.", { value }),
            other_date: (value) =>
                _t("The label says another date: %(value)s.", { value: this.day(value) }),
            quantity: (value) => _t("The label says how many: %(value)s.", { value }),
        };
        return this.props.notes.map(({ name, value }) => texts[name](value));
    }

    get countText() {
        const { count } = this.props.card;
        return count.name
            ? _t("Held by a count: %(name)s.", { name: count.name })
            : _t("Held by a count.");
    }
}
