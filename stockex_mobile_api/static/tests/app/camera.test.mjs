import assert from "node:assert/strict";
import test from "node:test";

import { Camera, cameraProblem } from "../../src/later/camera/camera.js";
import { Decoding } from "../../src/later/camera/decoding.js";
import { fakeWorker, working } from "./fake_worker.mjs";

/** A video and a camera without pictures. */
function bench({ error = null, capabilities = {}, ...more } = {}) {
    const asked = [];
    const track = {
        getCapabilities: () => capabilities,
        applyConstraints: async (constraints) => asked.push(constraints),
        stop: () => (track.stopped = true),
    };
    const devices = {
        async getUserMedia(constraints) {
            asked.push(constraints);
            if (error) {
                throw error;
            }
            return { getVideoTracks: () => [track] };
        },
    };
    const video = { play: async () => undefined, requestVideoFrameCallback: () => undefined };
    const problems = [];
    const camera = new Camera({
        video,
        onCode: () => undefined,
        onProblem: (name) => problems.push(name),
        devices,
        isSecure: true,
        decoding: new Decoding({ makeWorker: working }),
        ...more,
    });
    return { camera, asked, track, video, problems };
}

test("the back camera is opened with 1280 by 720, then the front one", async () => {
    const { camera, asked } = bench();

    assert.equal(await camera.start(), "");
    assert.deepEqual(asked[0].video, {
        facingMode: { ideal: "environment" },
        width: { ideal: 1280 },
        height: { ideal: 720 },
    });
    assert.equal(await camera.flip(), "");
    assert.equal(asked[1].video.facingMode.ideal, "user");
});

test("what keeps the camera from opening is named, and nothing stays open", async () => {
    const named = (name) => Object.assign(new Error(name), { name });
    for (const [error, expected] of [
        [named("NotAllowedError"), "refused"],
        [named("NotFoundError"), "absent"],
        [named("NotReadableError"), "busy"],
        [named("Whatever"), "failed"],
    ]) {
        const { camera } = bench({ error });

        assert.equal(await camera.start(), expected);
        assert.equal(camera.track, null);
    }
    assert.equal(cameraProblem(undefined), "failed");
});

test("without HTTPS or without a camera the reason is told", async () => {
    assert.equal(await bench({ devices: {}, isSecure: false }).camera.start(), "insecure");
    assert.equal(await bench({ devices: {}, isSecure: true }).camera.start(), "absent");
});

test("a decoder that cannot be loaded closes the camera", async () => {
    const broken = new Decoding({ makeWorker: fakeWorker((message, worker) => worker.onerror()) });
    const { camera, track } = bench({ decoding: broken });

    assert.equal(await camera.start(), "decoder");
    assert.equal(track.stopped, true);
});

test("a camera stopped while it opens stays closed", async () => {
    const { camera, track } = bench();
    const opening = camera.start();
    camera.stop();

    assert.equal(await opening, "stopped");
    assert.equal(track.stopped, true);
    assert.equal(camera.track, null);
});

test("a camera that goes away is told", async () => {
    const { camera, track, problems } = bench();
    await camera.start();
    track.onended();

    assert.deepEqual(problems, ["lost"]);
    assert.equal(camera.track, null);
});

test("the light is switched where there is one", async () => {
    const lit = bench({ capabilities: { torch: true } });
    await lit.camera.start();
    const dark = bench();
    await dark.camera.start();

    assert.equal(await lit.camera.setTorch(true), true);
    assert.deepEqual(lit.asked.at(-1), { advanced: [{ torch: true }] });
    assert.equal(await lit.camera.setTorch(false), false);
    assert.deepEqual(lit.asked.at(-1), { advanced: [{ torch: false }] });
    assert.equal(dark.camera.hasTorch, false);
    assert.equal(await dark.camera.setTorch(true), false);
    assert.equal(await bench().camera.setTorch(true), false, "not opened");
});
