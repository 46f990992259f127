import { ListRenderer } from "@web/views/list/list_renderer";

const STEPS = { arrowup: -1, arrowdown: 1 };
// Shown only where a row of the page has one: most goods lie loose and are ours.
const RARE = ["lot_name", "package_id", "owner_id"];
// What a tablet held upright has no room for; the product's name needs it.
const WIDE_ONLY = ["counted_quantity", "uom_id", "note", "zone_id"];
const WIDE_PX = 992;

/** Rows for counting: Enter and the arrows go from quantity to quantity. */
export class CountListRenderer extends ListRenderer {
    getActiveColumns() {
        const { records } = this.props.list;
        const narrow = window.innerWidth < WIDE_PX;
        return super.getActiveColumns().filter(({ name }) => {
            if (RARE.includes(name)) {
                return records.some(({ data }) => data[name]);
            }
            return !(narrow && WIDE_ONLY.includes(name));
        });
    }

    onCellKeydownEditMode(hotkey, cell, group, record) {
        const step = hotkey === "enter" ? 1 : STEPS[hotkey];
        if (!step) {
            return super.onCellKeydownEditMode(...arguments);
        }
        this.editBeside(record, step);
        return true;
    }

    async editBeside(record, step) {
        const { list } = this.props;
        const target = list.records[list.records.indexOf(record) + step];
        if ((await list.leaveEditMode()) && target) {
            const column = this.columns.find(({ name }) => name === "my_quantity");
            this.cellToFocus = { column, record: target };
            await list.enterEditMode(target);
        }
    }
}
