// Can the times of the services be compared at all? A clock that moved in the course of the run, or arrivals that come before
// their calls were made or after they had ended, make every comparison of two sources worthless.
import type { EventOf } from '../../services/contract/events.ts';
import type { RunRecord } from '../metrics/record.ts';
import { byAttempt } from './by-attempt.ts';
import { counted, ms } from './figures.ts';

/** ms per second of the run: quartz clocks drift by less than a tenth of it. */
const driftPerMs = 0.000_5;
/** µs of rounding, and the ms that a busy machine takes between two stamps. */
const slackMs = 1;

/** One sentence for each source whose clock cannot be trusted. */
export const clockDoubts = (record: RunRecord): readonly string[] => [...moved(record), ...displaced(record)];

// --- internal ---

type Clock = EventOf<'clock'>;

function moved({ clocks, endAt }: RunRecord): readonly string[] {
  return [...Map.groupBy(clocks, ({ of }) => of)].flatMap(([source, measured]) => {
    const low = least(measured, ({ offset, roundTrip }) => offset + roundTrip / 2);
    const high = least(measured, ({ offset, roundTrip }) => -(offset - roundTrip / 2));
    const apart = -high - low;
    return apart > slackMs + driftPerMs * endAt
      ? [`the clock of ${source} moved by at least ${ms(apart)} in the course of the run`]
      : [];
  });
}

const least = (clocks: readonly Clock[], of: (clock: Clock) => number): number => Math.min(...clocks.map(of));

/** Half of the arrivals must be out of place: a single one may be a stamp that was late. */
function displaced({ calls, arrivals, clocks }: RunRecord): readonly string[] {
  const blur = 2 * Math.max(0, ...clocks.map(({ roundTrip }) => roundTrip / 2)) + slackMs;
  return [...arrivals].flatMap(([link, arrived]) => {
    const calledBy = byAttempt(calls.get(link) ?? []);
    let [joined, wrong] = [0, 0];
    for (const { attempt, at } of arrived) {
      const call = calledBy.get(attempt);
      if (call === undefined) continue;
      joined += 1;
      // What the caller had given up on may arrive long after.
      if (call.start - at > blur || (at - call.end > blur && call.outcome === 'success')) wrong += 1;
    }
    return wrong * 2 > joined
      ? [
          `the clocks of the two ends of ${link} disagree: ${wrong} of ${counted(joined, 'arrival')} lie outside of their calls`,
        ]
      : [];
  });
}
