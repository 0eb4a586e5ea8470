// What is broken on a fleet now, asked of the fleet itself and not of its keeper.
import { connectAdmin } from '../../cli/fleet/admin.ts';
import { connectLinks, toxiproxyUrl } from '../../cli/fleet/links.ts';
import type { FleetState } from '../../cli/fleet/state.ts';
import { serviceNames } from '../../services/fleet.ts';

/** Toxics, disabled links and failpoints. */
export async function broken({ ports, token }: FleetState): Promise<readonly string[]> {
  const links = await connectLinks(toxiproxyUrl(ports)).list();
  const admin = connectAdmin({ ports: ports.services, token });
  const failpoints = await Promise.all(
    serviceNames.map(async (service) => (await admin.failpoints(service)).map(({ id }) => `${service}: ${id}`)),
  );
  return [
    ...links.filter(({ enabled, toxics }) => !enabled || toxics.length > 0).map(({ link }) => link),
    ...failpoints.flat(),
  ];
}
