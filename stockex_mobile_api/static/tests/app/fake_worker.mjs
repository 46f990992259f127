/** A worker that answers as the test says. */
export function fakeWorker(answer) {
    return () => {
        const worker = { posted: [], terminate: () => (worker.ended = true) };
        worker.postMessage = (message) => {
            worker.posted.push(message);
            queueMicrotask(() => answer(message, worker));
        };
        return worker;
    };
}

export const working = fakeWorker(({ type, id }, worker) =>
    type === "start"
        ? worker.onmessage({ data: { type: "ready", engine: "zxing" } })
        : worker.onmessage({ data: { type: "codes", id, codes: [], ms: 1, thorough: false } })
);
