// The values that one arrival's journey begins with: drawn from the seed, so that the same arrival always gets the same.
import type { Feeder, Journey } from '../scenario/journey.ts';
import type { Value, Values } from '../scenario/placeholders.ts';
import { hash } from '../scenario/random.ts';
import type { RunData } from './ports.ts';

export interface Arrival {
  readonly load: string;
  readonly index: number;
}

/** `<load>/<index>`: what every seeded decision about an arrival hangs on. */
export const arrivalName = ({ load, index }: Arrival): string => `${load}/${index}`;

export function feed({ feeders }: Journey, arrival: Arrival, { data, seed }: { data: RunData; seed: number }): Values {
  return Object.fromEntries(
    Object.entries(feeders).map(([name, feeder]) => {
      const list = listOf(feeder, data);
      const place = feeder.order === 'sequential' ? arrival.index : hash(`${name} ${arrivalName(arrival)}`, seed);
      return [name, list[place % list.length] ?? ''];
    }),
  );
}

function listOf({ from }: Feeder, { userIds, itemIds }: RunData): readonly Value[] {
  if (from === 'users') return userIds;
  return from === 'items' ? itemIds : from;
}
