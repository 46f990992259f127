/** Which hints a device needs now. Knows nothing of the screen. */

/**
 * @param {Object} facts
 * @param {boolean} facts.isSecure the address is https, or this machine
 * @param {boolean} facts.isInstalled started from its own icon
 * @param {boolean} facts.canInstall the browser offers to install it
 * @param {boolean} facts.isApple an iPhone or iPad: installed from the share sheet only
 * @param {number} facts.counted how many counts were made on this device
 * @param {number} facts.counts how many counts wait
 * @param {string[]} facts.dismissed hints that the user has put aside
 * @returns {string[]} names of hints, the weightiest first
 */
export function advice(facts) {
    const wanted = {
        insecure: !facts.isSecure,
        start: facts.counts > 0 && facts.counted === 0,
        install: facts.isSecure && !facts.isInstalled && facts.canInstall,
        share: facts.isSecure && !facts.isInstalled && facts.isApple,
    };
    return Object.keys(wanted).filter((name) => wanted[name] && !facts.dismissed.includes(name));
}
