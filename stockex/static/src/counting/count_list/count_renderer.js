import { ListRenderer } from "@web/views/list/list_renderer";

const STEPS = { arrowup: -1, arrowdown: 1 };

/** Rows for counting: Enter and the arrows go from quantity to quantity. */
export class CountListRenderer extends ListRenderer {
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
