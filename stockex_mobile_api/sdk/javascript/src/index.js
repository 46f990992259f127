/** A client of the Stockex REST API. */

export { Client } from "./client.js";
export { ApiError, NetworkError, StockexError } from "./errors.js";
export { uuid4 } from "./transport.js";
export { VERSION } from "./version.js";
