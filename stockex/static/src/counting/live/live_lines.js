import { getBasicEvalContext, getFieldsSpec } from "@web/model/relational_model/utils";

/** Brings the rows of a list up to date in place: focus, selection and scroll stay. */
export class LiveLines {
    constructor(model) {
        this.model = model;
        // Per line, how often this person saved it: an answer from before is out of date.
        this.saves = new Map();
    }

    saved(lineId) {
        this.saves.set(lineId, (this.saves.get(lineId) || 0) + 1);
    }

    find(lineId) {
        return this.model.root.records.find((record) => record.resId === lineId);
    }

    /**
     * @param {number[]} ids of lines that changed
     * @param {boolean} all every row may have changed
     * @returns {Promise<number[]>} lines to try again: they are being edited
     */
    async refresh(ids, all = false) {
        const { root } = this.model;
        const shown = root.records.map((record) => record.resId);
        const wanted = all ? [...new Set([...shown, ...ids])] : ids;
        const missing = wanted.filter((id) => !shown.includes(id));
        const before = new Map(wanted.map((id) => [id, this.saves.get(id)]));
        const fresh = await this.read(wanted.filter((id) => !this.isEdited(id)));
        const added = await this.matching(missing);
        const left = [];
        await this.model.mutex.exec(() => {
            if (root !== this.model.root) {
                return;
            }
            for (const id of wanted) {
                const record = this.find(id);
                if (record?.isInEdition || this.saves.get(id) !== before.get(id)) {
                    left.push(id);
                } else if (record && fresh.has(id)) {
                    record._applyValues(fresh.get(id));
                } else if (!record && added.has(id) && fresh.has(id)) {
                    root._addRecord(root._createRecordDatapoint(fresh.get(id)));
                }
            }
        });
        if (root.isGrouped && missing.length && !root.editedRecord) {
            await root.load();
        }
        return left;
    }

    isEdited(lineId) {
        return Boolean(this.find(lineId)?.isInEdition);
    }

    async read(ids) {
        const { root } = this.model;
        if (!ids.length) {
            return new Map();
        }
        const { activeFields, fields } = root;
        const specification = getFieldsSpec(activeFields, fields, getBasicEvalContext(root.config));
        const found = await this.model.orm.silent.webRead(root.resModel, ids, {
            specification,
            context: root.context,
        });
        return new Map(found.map((values) => [values.id, values]));
    }

    /** Return those of the lines that belong on the page: it has room and they match. */
    async matching(ids) {
        const { root } = this.model;
        if (!ids.length || root.isGrouped || root.records.length >= root.limit) {
            return new Set();
        }
        const domain = [...root.domain, ["id", "in", ids]];
        return new Set(await this.model.orm.silent.search(root.resModel, domain));
    }
}
