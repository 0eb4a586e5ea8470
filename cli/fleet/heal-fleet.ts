// Makes a fleet whole whatever was done to it, also behind the keeper's back: its own proxies, failpoints, breakers, policies.
// Others' proxies on the same Toxiproxy are not looked at.
import { isDeepStrictEqual } from 'node:util';
import { type ServiceName, serviceNames } from '../../services/fleet.ts';
import { messageOf } from '../errors.ts';
import type { Admin } from './admin.ts';
import { declaredPolicies } from './declared-policies.ts';
import type { LinkPlan, Links, LinkView } from './links.ts';

export interface HealOptions {
  readonly links: Links;
  readonly admin: Pick<Admin, 'failpoints' | 'removeFailpoint' | 'breakers' | 'setPolicies'>;
  /** The proxies that the fleet has when nobody has touched it. */
  readonly plans: readonly LinkPlan[];
}

export interface Healing {
  /** What was broken, in words. */
  readonly healed: readonly string[];
  /** What could not be looked at or mended, and why. */
  readonly failed: readonly string[];
}

export async function healFleet({ links, admin, plans }: HealOptions): Promise<Healing> {
  const faults = await allOf([healLinks(links, plans), ...serviceNames.map((name) => removeFailpoints(admin, name))]);
  // After the faults, else what still fails would open them again.
  const breakers = await allOf(serviceNames.map((name) => restorePolicies(admin, name)));
  return { healed: [...faults.healed, ...breakers.healed], failed: [...faults.failed, ...breakers.failed] };
}

// --- internal ---

/** One part that cannot be healed must not keep the others. */
async function allOf(parts: readonly Promise<readonly string[]>[]): Promise<Healing> {
  const settled = await Promise.allSettled(parts);
  return {
    healed: settled.flatMap((part) => (part.status === 'fulfilled' ? part.value : [])),
    failed: settled.flatMap((part) => (part.status === 'rejected' ? [messageOf(part.reason)] : [])),
  };
}

async function healLinks(links: Links, plans: readonly LinkPlan[]): Promise<readonly string[]> {
  const views = await links.list();
  const missing = plans.filter(({ link }) => views.every((view) => view.link !== link));
  if (missing.length > 0) await links.populate(missing);
  const mended = await Promise.all(views.map((view) => healLink(links, view)));
  return [...missing.map(({ link }) => `${link}: its proxy was gone`), ...mended.flat()];
}

async function healLink(links: Links, { link, enabled, toxics }: LinkView): Promise<readonly string[]> {
  for (const toxic of toxics) await links.removeToxic(link, toxic);
  if (!enabled) await links.setEnabled(link, true);
  return [...toxics.map((toxic) => `${link}: toxic ${toxic}`), ...(enabled ? [] : [`${link}: its proxy was disabled`])];
}

async function removeFailpoints(admin: HealOptions['admin'], service: ServiceName): Promise<readonly string[]> {
  const failpoints = await admin.failpoints(service);
  for (const { id } of failpoints) await admin.removeFailpoint(service, id);
  return failpoints.map(({ id, type }) => `${service}: failpoint ${id} (${type})`);
}

async function restorePolicies(admin: HealOptions['admin'], service: ServiceName): Promise<readonly string[]> {
  const declared = declaredPolicies(service);
  const { breakers } = await admin.breakers(service);
  await admin.setPolicies(service, declared);
  return breakers.flatMap(({ link, state, forced, policy }) => [
    ...(forced === undefined ? [] : [`${link}: its breaker was forced ${forced}`]),
    ...(forced === undefined && (state === 'open' || state === 'halfOpen')
      ? [`${link}: its breaker was ${state}`]
      : []),
    ...(isDeepStrictEqual(policy, declared.links[link]) ? [] : [`${link}: its policy was not the declared one`]),
  ]);
}
