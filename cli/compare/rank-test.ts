// Do two groups of runs differ? The exact permutation test of the rank sum: how many of all ways to deal the values out to the
// two groups would show at least this difference. Exact with ties (midranks), at any number of runs, and no outlier decides it.

export interface RankTest {
  /** How likely the second group's values would be at least this much larger by chance alone. */
  readonly larger: number;
  /** Likewise smaller. */
  readonly smaller: number;
}

export function rankTest(first: readonly number[], second: readonly number[]): RankTest {
  const ranks = doubledMidranks([...first, ...second]);
  const observed = sum(ranks.slice(first.length));
  const ways = waysBySum(ranks, second.length);
  const all = sum(ways);
  return { larger: sum(ways.slice(observed)) / all, smaller: sum(ways.slice(0, observed + 1)) / all };
}

/** How likely the rank-sum statistic U is at most `u` by chance alone, without ties. */
export function shareUpTo(u: number, first: number, second: number): number {
  const ways = waysBySum(
    Array.from({ length: first + second }, (_, index) => index + 1),
    second,
  );
  const least = (second * (second + 1)) / 2;
  return sum(ways.slice(0, least + u + 1)) / sum(ways);
}

// --- internal ---

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Twice the rank, so that the mean rank of a tie stays a whole number. */
function doubledMidranks(values: readonly number[]): readonly number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return 2 * below + equal + 1;
  });
}

/** By rank sum: how many subsets of `size` have it. */
function waysBySum(ranks: readonly number[], size: number): readonly number[] {
  const most = sum(ranks);
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(most + 1));
  if (ways[0] !== undefined) ways[0][0] = 1;
  for (const rank of ranks) {
    for (let taken = size; taken > 0; taken -= 1) {
      const [into, from] = [ways[taken], ways[taken - 1]];
      if (into === undefined || from === undefined) continue;
      for (let at = most; at >= rank; at -= 1) into[at] = (into[at] ?? 0) + (from[at - rank] ?? 0);
    }
  }
  return [...(ways[size] ?? [])];
}
