/** Where the device is, as far as its user lets the company know. */

/** An older fix is of another place. */
export const MOST_AGE_MS = 2 * 60 * 1000;
const OPTIONS = { enableHighAccuracy: false, maximumAge: 60_000, timeout: 30_000 };
const REFUSED = 1;

export class Position {
    /**
     * @param {Object} parts
     * @param {?Geolocation} parts.geolocation
     * @param {() => number} parts.now in ms
     * @param {() => void} parts.onRefused the device's user or its system said no
     */
    constructor({ geolocation, now, onRefused }) {
        Object.assign(this, { geolocation, now, onRefused });
        this.last = null;
        this.watch = null;
    }

    /** Follow the device from now on; answers nothing, and nothing waits for it. */
    start() {
        if (!this.geolocation || this.watch !== null) {
            return;
        }
        this.watch = this.geolocation.watchPosition(
            (found) => this._take(found),
            ({ code }) => {
                // No signal and no answer in time pass; a refusal stays.
                if (code === REFUSED) {
                    this.stop();
                    this.onRefused();
                }
            },
            OPTIONS
        );
    }

    stop() {
        if (this.watch !== null) {
            this.geolocation.clearWatch(this.watch);
        }
        this.watch = null;
        this.last = null;
    }

    /** Return where the device was at most two minutes ago, as operations say it; else null. */
    fix() {
        if (!this.last || this.now() - this.last.at > MOST_AGE_MS) {
            return null;
        }
        return this.last.place;
    }

    _take({ coords, timestamp }) {
        const { latitude, longitude, accuracy } = coords;
        if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) {
            return;
        }
        this.last = {
            // Some devices date a fix by another clock.
            at: Math.min(timestamp || this.now(), this.now()),
            place: {
                lat: Number(latitude.toFixed(6)),
                lon: Number(longitude.toFixed(6)),
                accuracy: Number.isFinite(accuracy) ? Math.min(Math.round(accuracy), 1e7) : null,
            },
        };
    }
}

/** How a user's own answer is kept on the device that several people share. */
export function answerKey(services) {
    return `position_${services.me.user.id}`;
}

/** Begin to follow the device if the company wants it and its user agreed. */
export function follow(services) {
    const isWanted =
        services.me?.settings?.position && services.settings[answerKey(services)] === "yes";
    if (!isWanted) {
        services.position?.stop();
        return;
    }
    services.position ??= new Position({
        geolocation: services.window.navigator.geolocation ?? null,
        now: () => Date.now(),
        onRefused: () => services.set(answerKey(services), "refused"),
    });
    services.position.start();
}
