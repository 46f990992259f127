/** Writes numbers as they are spoken; by another way than the parser reads them. */

const FR = [
    ...["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"],
    ...[
        "onze",
        "douze",
        "treize",
        "quatorze",
        "quinze",
        "seize",
        "dix-sept",
        "dix-huit",
        "dix-neuf",
    ],
];
const FR_TENS = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante"];
const EN = [
    ...["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
    ...["eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"],
    ...["eighteen", "nineteen"],
];
const EN_TENS = [
    "",
    "",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
];

/**
 * Write a number in French.
 *
 * @param {number} number 0 to 999999
 * @param {{belgian?: boolean}} [options] "septante", "nonante"
 */
export function inFrench(number, { belgian = false } = {}) {
    const thousands = Math.floor(number / 1000);
    const rest = number % 1000;
    const words = [];
    if (thousands) {
        // "quatre-vingt mille", "deux cent mille": no s before mille.
        const many = frenchBelow1000(thousands, belgian).replace(/(vingt|cent)s$/, "$1");
        words.push(thousands === 1 ? "mille" : `${many} mille`);
    }
    if (rest || !thousands) {
        words.push(frenchBelow1000(rest, belgian));
    }
    return words.join(" ");
}

function frenchBelow1000(number, belgian) {
    const hundreds = Math.floor(number / 100);
    const rest = number % 100;
    if (!hundreds) {
        return frenchBelow100(rest, belgian);
    }
    const head = hundreds === 1 ? "cent" : `${FR[hundreds]} cent`;
    return rest ? `${head} ${frenchBelow100(rest, belgian)}` : head + (hundreds > 1 ? "s" : "");
}

function frenchBelow100(number, belgian) {
    if (number < 20) {
        return FR[number];
    }
    const tens = Math.floor(number / 10);
    const unit = number % 10;
    if (belgian && (tens === 7 || tens === 9)) {
        return withFrenchUnit(tens === 7 ? "septante" : "nonante", unit);
    }
    if (tens < 7) {
        return withFrenchUnit(FR_TENS[tens], unit);
    }
    if (tens === 7) {
        return unit === 1 ? "soixante et onze" : `soixante-${FR[10 + unit]}`;
    }
    const over = number - 80;
    return over ? `quatre-vingt-${FR[over]}` : "quatre-vingts";
}

function withFrenchUnit(tens, unit) {
    if (!unit) {
        return tens;
    }
    return unit === 1 ? `${tens} et un` : `${tens}-${FR[unit]}`;
}

/**
 * Write a number in English.
 *
 * @param {number} number 0 to 999999
 * @param {{and?: boolean, article?: boolean}} [options] "and" as the British say, "a hundred"
 */
export function inEnglish(number, options = {}) {
    const thousands = Math.floor(number / 1000);
    const rest = number % 1000;
    const words = [];
    if (thousands) {
        words.push(`${englishBelow1000(thousands, options)} thousand`);
        if (rest && rest < 100 && options.and) {
            words.push("and");
        }
    }
    if (rest || !thousands) {
        words.push(englishBelow1000(rest, options));
    }
    const text = words.join(" ");
    return options.article ? text.replace(/^one (hundred|thousand)/, "a $1") : text;
}

function englishBelow1000(number, { and = false }) {
    const hundreds = Math.floor(number / 100);
    const rest = number % 100;
    if (!hundreds) {
        return englishBelow100(rest);
    }
    const head = `${EN[hundreds]} hundred`;
    return rest ? `${head} ${and ? "and " : ""}${englishBelow100(rest)}` : head;
}

function englishBelow100(number) {
    if (number < 20) {
        return EN[number];
    }
    const unit = number % 10;
    return EN_TENS[Math.floor(number / 10)] + (unit ? `-${EN[unit]}` : "");
}
