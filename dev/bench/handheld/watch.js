/**
 * Runs in the page before the application: scans, and notes when the screen answers and when
 * the disk has what was done.
 */
(() => {
    const LONGEST_MS = 10_000;
    // As hand scanners type.
    const KEY_MS = 8;
    const SCREENS = { tasks: "a.s_card", count: ".s_place" };
    const watch = { opened: {}, run };
    window.watch = watch;
    let present = null;

    // The scanner's clock runs beside the page: a scan waits while the page is busy.
    const CLOCK = `onmessage = ({ data }) => setTimeout(() =>
        postMessage({ id: data.id, time: performance.timeOrigin + performance.now() }), data.pause)`;

    const channel = new MessageChannel();
    const waiting = [];
    channel.port1.onmessage = () => waiting.splice(0).forEach((note) => note(performance.now()));
    let isInFrame = false;
    const nextFrame = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (work) =>
        nextFrame((time) => {
            isInFrame = true;
            try {
                work(time);
            } finally {
                queueMicrotask(() => (isInFrame = false));
            }
        });

    /** Note the time after the frame that has the change: a message comes when it is drawn. */
    function painted(note) {
        const after = () => {
            waiting.push(note);
            channel.port2.postMessage(null);
        };
        if (isInFrame) {
            after();
        } else {
            nextFrame(after);
        }
    }

    function look() {
        if (present && !present.isSeen && shows(present.wanted)) {
            const scan = present;
            scan.isSeen = true;
            painted((time) => scan.tell({ shown: time - scan.entered }));
        }
        for (const [name, where] of Object.entries(SCREENS)) {
            if (!(name in watch.opened) && document.querySelector(where)) {
                watch.opened[name] = null;
                painted((time) => {
                    watch.opened[name] = time;
                });
            }
        }
    }

    function shows({ where, text }) {
        return document.querySelector(where)?.textContent.includes(text);
    }

    const observer = new MutationObserver(look);
    const everything = { subtree: true, childList: true, characterData: true, attributes: true };
    observer.observe(document, everything);

    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (names, mode, options) {
        const made = transaction.call(this, names, mode, options);
        const isKeeping = mode === "readwrite" && [names].flat().includes("ops");
        if (present && isKeeping && options?.durability === "strict") {
            const scan = present;
            made.addEventListener("complete", () =>
                scan.tell({ kept: performance.now() - scan.entered })
            );
        }
        return made;
    };

    /** Press the keys of a code, with the times at which a scanner pressed them. */
    function press(code, entered) {
        const keys = [...code, "Enter"];
        keys.forEach((key, index) => {
            const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
            const timeStamp = entered - (keys.length - 1 - index) * KEY_MS;
            document.body.dispatchEvent(
                Object.defineProperty(event, "timeStamp", { value: timeStamp })
            );
        });
    }

    function one(clock, scan, pause) {
        return new Promise((resolve) => {
            const found = {};
            const tell = (news) => {
                for (const [name, value] of Object.entries(news)) {
                    found[name] ??= value;
                }
                if ("shown" in found && ("kept" in found || !scan.is_kept)) {
                    resolve(found);
                }
            };
            setTimeout(() => resolve(null), pause + LONGEST_MS);
            clock.onmessage = ({ data }) => {
                const entered = data.time - performance.timeOrigin;
                present = { ...scan, tell, entered, isSeen: false };
                press(scan.code, entered);
            };
            clock.postMessage({ pause });
        });
    }

    /**
     * Scan one code after the other.
     *
     * @param {{code: string, wanted: Object, is_kept: boolean, pause: number}[]} scans pause:
     *     ms between a code and the one before
     * @returns {Promise<{shown: number, kept?: number}[]>} in ms from the scan's last key; it
     *     ends with null at a scan that is not answered
     */
    async function run(scans) {
        const url = URL.createObjectURL(new Blob([CLOCK], { type: "text/javascript" }));
        const clock = new Worker(url);
        const found = [];
        let began = performance.now();
        for (const scan of scans) {
            const pause = Math.max(0, began + scan.pause - performance.now());
            found.push(await one(clock, scan, pause));
            began = present.entered;
            present = null;
            if (!found.at(-1)) {
                break;
            }
        }
        clock.terminate();
        return found;
    }
})();
