/** Swipes: to the left and to the right, long enough to be meant. */

const FAR_PX = 90;

/**
 * Return handlers of touches.
 *
 * @param {{left: () => any, right: () => any}} actions
 */
export function swipes({ left, right }) {
    let from = null;
    return {
        start: (event) => {
            const [touch, more] = event.touches;
            from = more ? null : { x: touch.clientX, y: touch.clientY };
        },
        end: (event) => {
            const [touch] = event.changedTouches;
            const across = from ? touch.clientX - from.x : 0;
            const down = from ? Math.abs(touch.clientY - from.y) : 0;
            from = null;
            // Scrolling is no swipe.
            if (Math.abs(across) < FAR_PX || down > Math.abs(across) / 2) {
                return;
            }
            (across < 0 ? left : right)();
        },
    };
}
