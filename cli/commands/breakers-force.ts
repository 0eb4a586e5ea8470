// `smartorders breakers force`: holds the breaker of a link in a state, on a fleet that is up, for a while.
import type { ForcedState } from '../../services/contract/admin.ts';
import { SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { keeperOf, requireFleet } from '../fleet/fleet.ts';
import { formatDuration } from '../scenario/duration.ts';
import { linkArgument, typed } from '../scenario/link-argument.ts';
import { messageAndHint } from '../scenario/message-and-hint.ts';
import type { Terminal } from '../terminal.ts';

export interface ForceOptions {
  readonly fleet: string;
  /** ms. */
  readonly for: number;
}

export async function forceBreaker(
  { link: text, state }: { readonly link: string; readonly state: ForcedState },
  { fleet, for: ttlMs }: ForceOptions,
  { env, out, paint }: Terminal,
): Promise<void> {
  const word = linkArgument(text);
  if (!word.ok) {
    const { message, hint = 'see smartorders breakers force --help' } = messageAndHint(word.message);
    throw new SmartOrdersError('link', message, { exitCode: exitCodes.usage, hint });
  }
  const { link } = word;
  const fleetState = requireFleet(fleet, env);
  await using keeper = await keeperOf(fleetState);
  await keeper.call({ op: 'breaker.force', link, state, ttlMs });
  const flag = fleet === 'default' ? '' : ` --fleet ${fleet}`;
  if (state === 'auto') out(`${link}  its breaker does as its policy says, closed at first`);
  else out(`${link}  breaker ${paint.bad(`forced ${state}`)} for ${formatDuration(ttlMs)}`);
  if (fleetState.run !== null) out(paint.warn(`run ${fleetState.run} is on this fleet: it will be inconclusive`));
  if (state !== 'auto') out(paint.dim(`to end it earlier: smartorders breakers force ${typed(link)} auto${flag}`));
}
