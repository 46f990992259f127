import { useEffect } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

const MESSAGE = "stockex.count.changed";
// Who listens to a channel: the card of a session and its list may overlap for a moment.
const holders = new Map();

export function hold(bus, channel) {
    holders.set(channel, (holders.get(channel) || 0) + 1);
    bus.addChannel(channel);
}

export function release(bus, channel) {
    const left = holders.get(channel) - 1;
    holders.set(channel, left);
    if (!left) {
        holders.delete(channel);
        bus.deleteChannel(channel);
    }
}

/**
 * Hear what changes in a session while the component is shown.
 *
 * @param {() => number|false} getSessionId false: nothing to listen to
 * @param {(change: {line_ids: number[], many: boolean}) => void} onChange `many` without
 *   lines: anything may have changed, as after a lost connection
 */
export function useSessionChannel(getSessionId, onChange) {
    const bus = useService("bus_service");
    useEffect(
        (sessionId) => {
            if (!sessionId) {
                return;
            }
            const channel = `stockex.count.session_${sessionId}`;
            const onMessage = (change) => {
                if (change.session_id === sessionId) {
                    onChange(change);
                }
            };
            const onReconnect = () => onChange({ line_ids: [], many: true });
            hold(bus, channel);
            bus.subscribe(MESSAGE, onMessage);
            bus.addEventListener("BUS:RECONNECT", onReconnect);
            return () => {
                bus.removeEventListener("BUS:RECONNECT", onReconnect);
                bus.unsubscribe(MESSAGE, onMessage);
                release(bus, channel);
            };
        },
        () => [getSessionId() || false]
    );
}
