// How often each → an order in which each comes evenly. Pure.

/** Of names with counts: the one that is farthest behind its share comes next. */
export function inTurn(counts: Readonly<Record<string, number>>): readonly string[] {
  const places = Object.entries(counts).flatMap(([name, count]) =>
    Array.from({ length: count }, (_, index) => ({ name, at: (index + 0.5) / count })),
  );
  return places.sort((a, b) => a.at - b.at).map(({ name }) => name);
}
