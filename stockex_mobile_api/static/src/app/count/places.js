/** What is left to be counted. */

/** Tell whether a target is still to be counted, by whomever. */
export function isLeft(target) {
    return target.quantity === null && target.line.state !== "counted";
}
