// Puts the events of several sources into one order: by `at`, but never against the order of a source's own `seq`.

interface Stamped {
  readonly at: number;
  readonly src: string;
  readonly seq: number;
}

/** Of equal times, the source that was heard of first comes first. */
export function inOrder<E extends Stamped>(events: readonly E[]): readonly E[] {
  const queues = [...Map.groupBy(events, ({ src }) => src).values()].map(bySeq);
  const ordered: E[] = [];
  // There are few sources, each in order already: the least of their heads comes next.
  for (;;) {
    let next: Queue<E> | undefined;
    for (const queue of queues) {
      if (queue.taken < queue.events.length && (next === undefined || atOf(queue) < atOf(next))) next = queue;
    }
    const event = next?.events[next.taken];
    if (next === undefined || event === undefined) return ordered;
    ordered.push(event);
    next.taken += 1;
  }
}

/** Of one source. Nearly every journal has them in order already: then they are not copied. */
export const bySequence = <E extends Pick<Stamped, 'seq'>>(events: readonly E[]): readonly E[] =>
  events.every(({ seq }, index) => index === 0 || seq >= (events[index - 1]?.seq ?? 0))
    ? events
    : events.toSorted((a, b) => a.seq - b.seq);

// --- internal ---

interface Queue<E> {
  readonly events: readonly E[];
  /** When each counts as having happened. */
  readonly ats: Float64Array;
  taken: number;
}

const atOf = <E>({ ats, taken }: Queue<E>): number => ats[taken] ?? Number.POSITIVE_INFINITY;

/** A newly measured clock offset can set a source's `at` back a little: then the later event takes the earlier one's place. */
function bySeq<E extends Stamped>(events: readonly E[]): Queue<E> {
  const sorted = bySequence(events);
  const ats = new Float64Array(sorted.length);
  let latest = Number.NEGATIVE_INFINITY;
  for (const [index, { at }] of sorted.entries()) {
    latest = Math.max(latest, at);
    ats[index] = latest;
  }
  return { events: sorted, ats, taken: 0 };
}
