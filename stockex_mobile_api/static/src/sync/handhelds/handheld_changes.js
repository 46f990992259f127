import { useEffect } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

import { hold, release } from "@stockex/counting/live/session_channel";

const CHANNEL = "stockex.handhelds";
const MESSAGE = "stockex.handhelds.changed";
// A transaction of the last moment may still have been open.
const GRACE_MS = 500;
// Alarms also come by time alone, and a handheld that falls silent tells nobody.
const POLL_MS = 60_000;

/**
 * Hear that handhelds changed while the component is shown.
 *
 * The server tells the first change of a window and none of the others, so that hundreds of
 * handhelds do not flood it: what they did is read once more when the window is over.
 *
 * @param {() => void} onChange
 */
export function useHandheldChanges(onChange) {
    const bus = useService("bus_service");
    useEffect(
        () => {
            let late = null;
            const onMessage = ({ within_ms: windowMs }) => {
                onChange();
                clearTimeout(late);
                late = setTimeout(onChange, windowMs + GRACE_MS);
            };
            const poll = setInterval(onChange, POLL_MS);
            hold(bus, CHANNEL);
            bus.subscribe(MESSAGE, onMessage);
            bus.addEventListener("BUS:RECONNECT", onChange);
            return () => {
                clearTimeout(late);
                clearInterval(poll);
                bus.removeEventListener("BUS:RECONNECT", onChange);
                bus.unsubscribe(MESSAGE, onMessage);
                release(bus, CHANNEL);
            };
        },
        () => []
    );
}
