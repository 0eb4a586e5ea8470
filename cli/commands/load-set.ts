// `smartorders load set`: another rate for a load of the run that is on, from now on.
import { SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { keeperOf, requireFleet } from '../fleet/fleet.ts';
import { rate as rateSchema } from '../scenario/fields.ts';
import { messageAndHint } from '../scenario/message-and-hint.ts';
import type { Terminal } from '../terminal.ts';

export async function setLoad(
  { load, rate }: { readonly load: string; readonly rate: string },
  { fleet }: { readonly fleet: string },
  { env, out, paint }: Terminal,
): Promise<void> {
  const perSecond = perSecondOf(rate);
  const state = requireFleet(fleet, env);
  await using keeper = await keeperOf(state);
  await keeper.call({ op: 'load.set', load, perSecond });
  out(`${load}  ${paint.warn(`${perSecond}/s`)} from now on`);
  out(paint.warn(`run ${state.run ?? 'that is on'} will be inconclusive`));
}

/** `80/s` → 80. Errors: `rate`. */
export function perSecondOf(text: string): number {
  const { data, error } = rateSchema.safeParse(text);
  if (data !== undefined) return data;
  const told = error?.issues[0]?.message ?? 'is no rate';
  const { message, hint = 'write 40/s' } = messageAndHint(told);
  throw new SmartOrdersError('rate', `${text}: ${message}`, { exitCode: exitCodes.usage, hint });
}
