// Is a running fleet fit for use? Every service ready, every link whole.
import { serviceNames } from '../../services/fleet.ts';
import { SmartOrdersError } from '../errors.ts';
import { connectAdmin } from './admin.ts';
import { connectLinks, toxiproxyUrl } from './links.ts';
import type { FleetState } from './state.ts';

/** Errors: `not-ready`, with what is not and what to do. */
export async function assertReady({ name, ports, token }: FleetState): Promise<void> {
  const admin = connectAdmin({ ports: ports.services, token });
  const ready = await Promise.all(
    serviceNames.map(async (service) => ({ service, isReady: await admin.isReady(service) })),
  );
  const waiting = ready.filter(({ isReady }) => !isReady).map(({ service }) => service);
  if (waiting.length > 0) {
    throw new SmartOrdersError('not-ready', `fleet ${name} is up, but ${waiting.join(', ')} is not ready`, {
      hint: `smartorders logs ${waiting[0]}; then smartorders down && smartorders up`,
    });
  }
}

/** Errors: `not-whole`: somebody broke a link, set a failpoint or forced a breaker by hand, which a run would blame on the system. */
export async function assertWhole({ name, ports, token }: FleetState): Promise<void> {
  const restart = 'smartorders down && smartorders up';
  const links = await connectLinks(toxiproxyUrl(ports))
    .list()
    .catch((cause: unknown) => {
      throw new SmartOrdersError('not-whole', `the Toxiproxy of fleet ${name} does not answer`, {
        hint: restart,
        cause,
      });
    });
  const broken = links.filter(({ enabled, toxics }) => !enabled || toxics.length > 0);
  const admin = connectAdmin({ ports: ports.services, token });
  const failpoints = await Promise.all(
    serviceNames.map(async (service) => ({ service, count: (await admin.failpoints(service)).length })),
  );
  const forced = await Promise.all(serviceNames.map(async (service) => (await admin.breakers(service)).breakers));
  const told = [
    ...broken.map(({ link, enabled, toxics }) => `${link} (${enabled ? toxics.join(', ') : 'disabled'})`),
    ...forced
      .flat()
      .flatMap((each) => (each.forced === undefined ? [] : [`${each.link} (breaker forced ${each.forced})`])),
    ...failpoints.filter(({ count }) => count > 0).map(({ service, count }) => `${service} (${count} failpoints)`),
  ];
  if (told.length === 0) return;
  throw new SmartOrdersError('not-whole', `fleet ${name} is broken by hand: ${told.join('; ')}`, {
    hint: `heal it: smartorders reset${name === 'default' ? '' : ` --fleet ${name}`}`,
  });
}
