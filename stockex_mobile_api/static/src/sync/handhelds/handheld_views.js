import { onWillUnmount } from "@odoo/owl";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

import { LiveLines } from "@stockex/counting/live/live_lines";
import { LiveQueue } from "@stockex/counting/live/live_queue";

import { useHandheldChanges } from "./handheld_changes";

/** Keep a view of handhelds as they are now, without taking anything out of the user's hands. */
function useLiveHandhelds(model) {
    const lines = new LiveLines(model);
    const refresh = async () => {
        const { root } = model;
        if (root.selection?.length) {
            await lines.refresh([], true);
        } else if (!(root.editedRecord || root.isInEdition) || !root.dirty) {
            await root.load();
        }
    };
    const queue = new LiveQueue(async () => {
        try {
            await refresh();
        } catch (error) {
            // What one may no longer read stays as it was last.
            if (!(error instanceof RPCError)) {
                throw error;
            }
        }
        return [];
    });
    useHandheldChanges(() => queue.add([], true));
    onWillUnmount(() => queue.stop());
}

class HandheldListController extends ListController {
    setup() {
        super.setup();
        useLiveHandhelds(this.model);
    }
}

class HandheldKanbanController extends KanbanController {
    setup() {
        super.setup();
        useLiveHandhelds(this.model);
    }
}

class HandheldFormController extends FormController {
    setup() {
        super.setup();
        useLiveHandhelds(this.model);
    }
}

const views = registry.category("views");
views.add("stockex_handheld_list", { ...listView, Controller: HandheldListController });
views.add("stockex_handheld_kanban", { ...kanbanView, Controller: HandheldKanbanController });
views.add("stockex_handheld_form", { ...formView, Controller: HandheldFormController });
