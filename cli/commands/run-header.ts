// What a journal says of its run before anything happens: all that is needed to understand and to repeat it.
import { arch, cpus, platform, totalmem } from 'node:os';
import type { Fleet } from '../fleet/fleet.ts';
import type { RunOptions } from '../runner/run.ts';
import type { Overrides } from '../scenario/overrides.ts';
import { policiesOf } from '../scenario/policies.ts';
import { version } from '../version.ts';
import { type Selected, sourceOf } from './select-scenarios.ts';

export interface HeaderOptions {
  readonly fleet: Pick<Fleet, 'state'>;
  readonly runId: string;
  readonly selected: Selected;
  readonly overrides: Overrides;
  /** As given on the command line; absent: the scenario's own. */
  readonly seed: number | undefined;
  /** A playground. */
  readonly manual?: true;
}

export function headerOf({ fleet, runId, selected, overrides, seed, manual }: HeaderOptions): RunOptions['header'] {
  const { scenario, file } = selected;
  return {
    run: runId,
    scenario: sourceOf(selected, overrides),
    seed: scenario.seed,
    ...(manual === undefined ? {} : { manual }),
    command: commandOf(file.name, overrides, seed),
    startedAt: new Date().toISOString(),
    fleet: {
      name: fleet.state.name,
      driver: fleet.state.driver,
      ephemeral: fleet.state.ephemeral,
      policies: policiesOf(scenario),
    },
    versions: { smartorders: version(), node: process.versions.node },
    machine: { platform: `${platform()}-${arch()}`, cpus: cpus().length, memoryMb: Math.round(totalmem() / 2 ** 20) },
  };
}

// --- internal ---

function commandOf(name: string, { vars, set }: Overrides, seed: number | undefined): string {
  return [
    'smartorders scenario run',
    quoted(name),
    ...(seed === undefined ? [] : [`--seed ${seed}`]),
    ...Object.entries(vars).map(([key, value]) => `--var ${quoted(`${key}=${value}`)}`),
    ...set.map((text) => `--set ${quoted(text)}`),
  ].join(' ');
}

/** A shell takes `>` as a redirection. */
const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
