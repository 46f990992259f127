/** Being led from one location to the next: what it takes comes with the second bundle. */

import { more } from "../ui/more.js";

/** Find where to go next from where a counter stands; see `later/count/walking.js`. */
export async function walkOn(services, counting) {
    const walking = await more("count/walking");
    return walking.walkOn(services, counting);
}
