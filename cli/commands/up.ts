// `smartorders up`: a fleet that stays until `down`.
import { bringUp, findFleet } from '../fleet/fleet.ts';
import { toxiproxyUrl } from '../fleet/links.ts';
import { assertReady } from '../fleet/ready.ts';
import type { DriverName, FleetState } from '../fleet/state.ts';
import { interrupted, watchSignals } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { seconds, showStarting } from './progress.ts';

export interface UpOptions {
  readonly fleet: string;
  readonly basePort: number;
  readonly driver: DriverName;
}

export async function up({ fleet: name, basePort, driver }: UpOptions, terminal: Terminal): Promise<void> {
  const running = findFleet(name, terminal.env);
  if (running !== null) return confirmUp(running, terminal);
  const startedAt = performance.now();
  using stopper = watchSignals(terminal.err);
  const onStarted = showStarting(terminal.out, terminal.paint);
  try {
    const { env, out, paint } = terminal;
    const onProgress = (text: string): void => out(paint.dim(`  ${text}`));
    await using fleet = await bringUp({ name, env, basePort, driver, onStarted, onProgress, signal: stopper.signal });
    terminal.out(`fleet ${name} is up after ${seconds(performance.now() - startedAt)}`);
    showDoors(fleet.state, terminal);
  } catch (error) {
    const signal = stopper.received();
    throw signal === null ? error : interrupted(signal);
  }
}

async function confirmUp(state: FleetState, terminal: Terminal): Promise<void> {
  await assertReady(state);
  terminal.out(`fleet ${state.name} is up already, since ${state.startedAt}`);
  showDoors(state, terminal);
}

function showDoors({ name, ports }: FleetState, { out, paint }: Terminal): void {
  const flag = name === 'default' ? '' : ` --fleet ${name}`;
  out(`  gateway  http://127.0.0.1:${ports.services.gateway}`);
  out(`  toxiproxy API  ${toxiproxyUrl(ports)}`);
  out(
    paint.dim(
      `next: smartorders status${flag} · smartorders scenario run payment-outage${flag} · smartorders down${flag}`,
    ),
  );
}
