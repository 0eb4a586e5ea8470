// Puts the events of several sources into one order: by `at`, but never against the order of a source's own `seq`.

interface Stamped {
  readonly at: number;
  readonly src: string;
  readonly seq: number;
}

export function inOrder<E extends Stamped>(events: readonly E[]): readonly E[] {
  const keyed = [...Map.groupBy(events, ({ src }) => src).values()].flatMap(bySeq);
  return keyed.sort((a, b) => a.at - b.at).map(({ event }) => event);
}

/** A newly measured clock offset can set a source's `at` back a little: then the later event takes the earlier one's place. */
function bySeq<E extends Stamped>(events: readonly E[]): readonly { readonly event: E; readonly at: number }[] {
  let latest = Number.NEGATIVE_INFINITY;
  return events
    .toSorted((a, b) => a.seq - b.seq)
    .map((event) => {
      latest = Math.max(latest, event.at);
      return { event, at: latest };
    });
}
