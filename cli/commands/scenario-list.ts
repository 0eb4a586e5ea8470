// `smartorders scenario list`: what can be run by name, how long it takes, what it shows.
import { formatDuration } from '../scenario/duration.ts';
import type { Terminal } from '../terminal.ts';
import { knownScenarios, readScenario } from './scenario-files.ts';

export interface ListOptions {
  readonly json?: boolean;
}

export function listScenarios({ json = false }: ListOptions, { out, cwd, paint }: Terminal): void {
  const rows = knownScenarios(cwd).map((name) => {
    const { path, parsed } = readScenario(name, cwd);
    if (!parsed.ok) return { name, path, title: null, durationMs: null };
    const { title, warmupMs, phases } = parsed.scenario;
    return { name, path, title, durationMs: warmupMs + phases.reduce((sum, { forMs }) => sum + forMs, 0) };
  });
  if (json) {
    out(JSON.stringify(rows, null, 2));
    return;
  }
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, title, durationMs } of rows) {
    const length = durationMs === null ? '-' : formatDuration(durationMs);
    const words = title ?? paint.bad('invalid: smartorders scenario validate says why');
    out(`${paint.bold(name.padEnd(width))}  ${length.padStart(6)}  ${words}`);
  }
}
