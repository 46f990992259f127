/** What can go wrong. */

/** Every error of this client. */
export class StockexError extends Error {
    constructor(message, options) {
        super(message, options);
        this.name = this.constructor.name;
    }
}

/** No answer came; unless the call was repeatable, nobody knows whether it was done. */
export class NetworkError extends StockexError {}

/** The server refused (RFC 9457). */
export class ApiError extends StockexError {
    constructor(response, text) {
        const problem = readProblem(text);
        const code = problem.code ?? `http_${response.status}`;
        const detail = problem.detail ?? `The server answered ${response.status}.`;
        super(`${response.status} ${code}: ${detail}`);
        this.status = response.status;
        this.code = code;
        this.title = problem.title ?? (response.statusText || "Error");
        this.detail = detail;
        this.errors = problem.errors ?? [];
        this.requestId = problem.request_id ?? response.headers.get("X-Request-Id") ?? "";
        this.retryAfterS = readSeconds(response.headers.get("Retry-After"));
    }
}

/** Read a problem; what a proxy says in HTML is none. */
function readProblem(text) {
    try {
        return JSON.parse(text) ?? {};
    } catch {
        return {};
    }
}

function readSeconds(text) {
    return /^\d+$/.test(text ?? "") ? Number(text) : null;
}
