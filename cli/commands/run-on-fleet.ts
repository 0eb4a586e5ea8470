// A scenario walked on a real fleet: the runner's ports, filled with sockets.
import type { RunEvent } from '../../services/contract/events.ts';
import { serviceNames } from '../../services/fleet.ts';
import { connectAdmin } from '../fleet/admin.ts';
import { eventSource } from '../fleet/event-source.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { fleetFaults } from '../fleet/fleet-faults.ts';
import { fleetStage } from '../fleet/fleet-stage.ts';
import { gatewayTarget } from '../fleet/gateway-target.ts';
import type { HandWatch } from '../fleet/hand-watch.ts';
import { connectLinks, toxiproxyUrl } from '../fleet/links.ts';
import { systemClock } from '../runner/clock.ts';
import type { Watch } from '../runner/ports.ts';
import { runScenario } from '../runner/run.ts';
import { mostInFlight } from '../scenario/load.ts';
import { type HeaderOptions, headerOf } from './run-header.ts';

export interface FleetRun extends Omit<HeaderOptions, 'fleet'> {
  readonly hands: HandWatch;
  readonly signal: AbortSignal;
}

/** The fleet is leased. */
export async function runOnFleet(fleet: Fleet, run: FleetRun, onEvent: (event: RunEvent) => void): Promise<void> {
  const { selected, runId, hands, signal } = run;
  const { scenario } = selected;
  const { state, keeper } = fleet;
  const admin = connectAdmin({ ports: state.ports.services, token: state.token });
  const links = connectLinks(toxiproxyUrl(state.ports));
  const connections = Object.values(scenario.load).reduce((sum, load) => sum + mostInFlight(load), 0);
  await using target = gatewayTarget({ port: state.ports.services.gateway, connections });
  await runScenario({
    scenario,
    header: headerOf({ ...run, fleet }),
    ...(selected.file.parsed.ok ? { positions: selected.file.parsed.positions } : {}),
    clock: systemClock,
    stage: fleetStage({ run: runId, admin, keeper }),
    faults: fleetFaults({ run: runId, seed: scenario.seed, keeper, links, admin }),
    target,
    sources: serviceNames.map((service) => eventSource(service, admin)),
    watch: { ...watchOf(fleet), ...hands },
    onEvent,
    signal,
  });
}

// --- internal ---

const watchOf = ({ keeper }: Fleet): Omit<Watch, keyof HandWatch> => ({
  onExit: (listener) =>
    keeper.onPush((push) => {
      if (push.push === 'exited') listener({ process: push.process, code: push.code, signal: push.signal });
    }),
  lost: keeper.closed.then(() => 'the keeper of the fleet is gone'),
});
