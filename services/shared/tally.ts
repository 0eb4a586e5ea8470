// Counts, and distributions over buckets, by label values. Pure and cheap: it is fed with every event, scraped or not.
// However many label values come, it stays small: what comes beyond `limit` series is counted in one of its own.
export interface Series {
  /** Values of the tally's labels, in their order. */
  readonly labels: readonly string[];
  readonly count: number;
  readonly sum: number;
  /** Of each bound, how many values were at most that; larger ones are only in `count`. */
  readonly atMost: readonly number[];
}

export interface Tally {
  readonly add: (labels: readonly string[], value?: number) => void;
  readonly series: () => readonly Series[];
}

export interface TallyOptions {
  /** Upper bounds of the buckets, ascending. Default none: a counter. */
  readonly bounds?: readonly number[];
  /** Default 400: every route with every status that occurs, several times over. */
  readonly limit?: number;
}

interface Counts {
  readonly labels: readonly string[];
  count: number;
  sum: number;
  readonly within: number[];
}

/** The value of every label of the series that takes what is beyond the limit. */
export const beyondLimit = 'other';

export function createTally({ bounds = [], limit = 400 }: TallyOptions = {}): Tally {
  const known = new Map<string, Counts>();

  const countsOf = (labels: readonly string[]): Counts => {
    const key = labels.join('\0');
    const found = known.get(key);
    if (found !== undefined) return found;
    const isFull = known.size >= limit && labels.some((label) => label !== beyondLimit);
    if (isFull) return countsOf(labels.map(() => beyondLimit));
    const made = { labels, count: 0, sum: 0, within: bounds.map(() => 0) };
    known.set(key, made);
    return made;
  };

  return {
    add: (labels, value = 0) => {
      const counts = countsOf(labels);
      counts.count += 1;
      counts.sum += value;
      const bucket = bounds.findIndex((bound) => value <= bound);
      if (bucket >= 0) counts.within[bucket] = (counts.within[bucket] ?? 0) + 1;
    },
    series: () =>
      [...known.values()].map(({ labels, count, sum, within }) => {
        let total = 0;
        const atMost = within.map((own) => {
          total += own;
          return total;
        });
        return { labels, count, sum, atMost };
      }),
  };
}
