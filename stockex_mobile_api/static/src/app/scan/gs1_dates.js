/** GS1 dates: six digits YYMMDD. */

/**
 * Read a date of six digits.
 *
 * The century is the one that brings the year nearest to this year (General
 * Specifications 7.12); day 00 is the last day of its month.
 *
 * @param {string} text YYMMDD
 * @param {number} thisYear
 * @returns {string | null} YYYY-MM-DD; null if there is no such day
 */
export function readDate(text, thisYear) {
    if (!/^\d{6}$/.test(text)) {
        return null;
    }
    const year = fullYear(Number(text.slice(0, 2)), thisYear);
    const month = Number(text.slice(2, 4));
    const day = Number(text.slice(4, 6));
    if (month < 1 || month > 12) {
        return null;
    }
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
    if (day > last) {
        return null;
    }
    return [year, pad(month), pad(day || last)].join("-");
}

function fullYear(twoDigits, thisYear) {
    const century = thisYear - (thisYear % 100);
    const ahead = twoDigits - (thisYear % 100);
    if (ahead >= 51) {
        return century - 100 + twoDigits;
    }
    return ahead <= -50 ? century + 100 + twoDigits : century + twoDigits;
}

function pad(number) {
    return String(number).padStart(2, "0");
}
