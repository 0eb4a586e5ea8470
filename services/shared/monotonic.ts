/** CLOCK_MONOTONIC, ms with fractions: the same clock for all processes of one kernel. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;
