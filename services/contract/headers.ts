// Header names that travel through every hop. What each carries is said once, here.

/** One id per HTTP request of a client, made by the first hop that sees none. */
export const requestIdHeader = 'x-request-id';
/** `Idempotency-Key` of an order: `<run>-<load>-<index>`; the key of every event that the order causes. */
export const idempotencyKeyHeader = 'idempotency-key';
/** `<load>/<index>`: which planned arrival this is; the input of every seeded decision. */
export const arrivalHeader = 'x-smartorders-arrival';
/** Set by the caller of a link for one attempt: the attempt's id, unique per process life. */
export const attemptHeader = 'x-smartorders-attempt';
/** The link an attempt goes over, `caller->callee`. */
export const linkHeader = 'x-smartorders-link';
/** The caller's breaker generation (its number of transitions so far) when the attempt was admitted. */
export const generationHeader = 'x-smartorders-generation';
