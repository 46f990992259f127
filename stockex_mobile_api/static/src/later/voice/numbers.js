/** The grammar of spoken numbers: tokens in, one number out. */

/** @typedef {import("./lexer.js").Token} Token */

const SCALES = new Set(["hundred", "thousand", "dozen"]);
const MOST_DECIMALS = 6;

/** Reads tokens from the left; each method returns a number or null and moves on. */
class NumberReader {
    /**
     * @param {Token[]} tokens
     * @param {boolean} isFrench
     */
    constructor(tokens, isFrench) {
        this.tokens = tokens;
        this.isFrench = isFrench;
        this.at = 0;
    }

    /** Read one number; null if none begins here. */
    number() {
        let value = this._kind() === "point" ? 0 : this._whole();
        if (value === null) {
            return this._fractionAlone();
        }
        if (this._kind() === "dozen") {
            value *= this._next().value;
        }
        if (this._kind() === "point") {
            return this._withDecimals(value);
        }
        return this._withFraction(value);
    }

    _kind(ahead = 0) {
        return this.tokens[this.at + ahead]?.kind;
    }

    _value(ahead = 0) {
        return this.tokens[this.at + ahead]?.value;
    }

    _next() {
        return this.tokens[this.at++];
    }

    /** Below a million: groups before and after "thousand". */
    _whole() {
        if (this._kind() === "article") {
            return SCALES.has(this._kind(1)) ? this._afterArticle() : null;
        }
        if (this._kind() === "dozen") {
            return 1;
        }
        const group = this._kind() === "thousand" ? 1 : this._group();
        return group === null ? null : this._thousands(group);
    }

    _afterArticle() {
        this.at++;
        return this._kind() === "dozen" ? 1 : this._whole();
    }

    _thousands(group) {
        // "Twelve hundred thousand" is nobody's number.
        if (this._kind() !== "thousand" || group >= 1000 || !Number.isInteger(group) || !group) {
            return group;
        }
        this.at++;
        return group * 1000 + this._rest(1000);
    }

    /** What follows "hundred" or "thousand", with or without "and"; 0 if nothing does. */
    _rest(limit) {
        const start = this.at;
        this._skipPause();
        if (this._kind() === "and") {
            this.at++;
        }
        const hasArticle = this._kind() === "article" && this._kind(1) === "hundred" && limit > 100;
        if (hasArticle) {
            this.at++;
        }
        const value = limit > 100 ? this._group() : this._belowHundred();
        if (value === null || value >= limit || value === 0 || !Number.isInteger(value)) {
            this.at = start;
            return 0;
        }
        return value;
    }

    /** English puts a comma after thousands. */
    _skipPause() {
        const isThousand = this.tokens[this.at - 1]?.kind === "thousand";
        if (isThousand && this._kind() === "pause" && this.tokens[this.at].text === ",") {
            this.at++;
        }
    }

    /** Below a thousand, or twelve hundred. */
    _group() {
        if (this._kind() === "hundred") {
            this.at++;
            return 100 + this._rest(100);
        }
        const value = this._belowHundred();
        const most = this.isFrench ? 19 : 99;
        const takesHundred = value !== null && value >= 1 && value <= most;
        if (this._kind() !== "hundred" || !takesHundred || !Number.isInteger(value)) {
            return value;
        }
        this.at++;
        return value * 100 + this._rest(100);
    }

    _belowHundred() {
        if (this._kind() === "digits") {
            return this._next().value;
        }
        if (
            this.isFrench &&
            this._kind() === "small" &&
            this._value() === 4 &&
            this._value(1) === 20
        ) {
            this.at += 2;
            return 80 + this._units(19);
        }
        if (this._kind() === "tens") {
            const { value, upTo } = this._next();
            return value + this._units(upTo);
        }
        return this._kind() === "small" ? this._small() : null;
    }

    _small() {
        const { value } = this._next();
        // French: "dix-sept".
        if (this.isFrench && value === 10 && this._kind() === "small" && this._isIn(7, 9)) {
            return 10 + this._next().value;
        }
        return value;
    }

    /** The unit after tens; "et" stands before "un" and "onze". */
    _units(upTo) {
        const start = this.at;
        if (this.isFrench && this._kind() === "and") {
            this.at++;
        }
        if (this._kind() === "small" && this._isIn(1, upTo)) {
            return this._small();
        }
        this.at = start;
        return 0;
    }

    _isIn(least, most) {
        return this._value() >= least && this._value() <= most;
    }

    /** Zeros and one number ("virgule zéro vingt-cinq"), or digits one by one. */
    _withDecimals(whole) {
        this.at++;
        let digits = "";
        let isSpelt = true;
        while (isSpelt && digits.length <= MOST_DECIMALS) {
            const written = this._kind() === "digits" ? this.tokens[this.at].text : "";
            const value = this._group();
            if (value === null || !Number.isInteger(value)) {
                break;
            }
            // The zero in front of "05" counts.
            digits += value === Number(written) && written ? written : String(value);
            isSpelt = value < 10;
        }
        const isRead = digits && digits.length <= MOST_DECIMALS && Number.isInteger(whole);
        return isRead ? Number(`${whole}.${digits}`) : NaN;
    }

    _withFraction(value) {
        const skipped = this._kind() === "and" ? 1 + Number(this._kind(1) === "article") : 0;
        if (skipped && this._kind(skipped) === "fraction" && Number.isInteger(value)) {
            const { value: part } = this.tokens[this.at + skipped];
            this.at += skipped + 1;
            return value + part;
        }
        return value;
    }

    _fractionAlone() {
        const skipped = Number(this._kind() === "article");
        if (this._kind(skipped) !== "fraction") {
            return null;
        }
        this.at += skipped + 1;
        return this.tokens[this.at - 1].value;
    }
}

/**
 * Read the number that begins at a token.
 *
 * @param {Token[]} tokens
 * @param {number} at
 * @param {boolean} isFrench
 * @returns {{value: number, next: number} | null} `value` is NaN if its decimals make no sense
 */
export function numberAt(tokens, at, isFrench) {
    const reader = new NumberReader(tokens, isFrench);
    reader.at = at;
    const value = reader.number();
    return value === null ? null : { value, next: reader.at };
}
