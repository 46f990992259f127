/** One place where codes come in, whatever read them, and one screen that takes them. */

export class ScanHub {
    constructor() {
        this.listeners = [];
        this.turn = Promise.resolve();
    }

    /** Have `listener` take the codes until the returned function is called. */
    on(listener) {
        this.listeners.push(listener);
        return () => {
            this.listeners = this.listeners.filter((one) => one !== listener);
        };
    }

    /**
     * Give a code to the screen on top: one after the other, so that two quick scans are two
     * counts and not one that overtook the other.
     *
     * @param {{text: string, format?: string, source?: string}} scan
     */
    emit(scan) {
        const listener = this.listeners.at(-1);
        if (listener) {
            this.turn = this.turn.then(() => listener(scan)).catch(() => undefined);
        }
        return this.turn;
    }
}
