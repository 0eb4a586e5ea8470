// `smartorders __complete -- <words>`: one candidate a line, `value<tab>description`. Asked by the shells' scripts.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { linkIds, serviceNames } from '../../services/fleet.ts';
import { candidatesFor } from '../program/candidates.ts';
import type { Terminal } from '../terminal.ts';

export async function complete(program: Command, words: readonly string[], terminal: Terminal): Promise<void> {
  const sources = sourcesFor(terminal);
  const values = async (name: string): Promise<readonly string[]> => (await sources.get(name)?.()) ?? [];
  for (const { value, description } of await candidatesFor(program, words, values)) {
    terminal.out(`${value}\t${description}`);
  }
}

// --- internal ---

type Source = () => Promise<readonly string[]>;

/** By the name of the argument or option. What takes long to load is loaded when it is asked for. */
function sourcesFor({ cwd, env }: Terminal): ReadonlyMap<string, Source> {
  const scenarios: Source = async () => (await import('./scenario-files.ts')).knownScenarios(cwd);
  const fleets: Source = async () => {
    const { fleetsOf } = await import('../fleet/fleets.ts');
    return fleetsOf(env).live.map(({ name }) => name);
  };
  const runs: Source = async () => {
    const { runFoldersIn } = await import('./run-folders.ts');
    const names = runFoldersIn(resolve(cwd, 'reports')).map(({ run }) => run);
    return names.length === 0 ? [] : ['latest', ...names];
  };
  // The colon form: a shell takes `>` as a redirection.
  const links: Source = async () => linkIds.map((id) => id.replace('->', ':'));
  return new Map<string, Source>([
    ['scenario', scenarios],
    ['scenarios', scenarios],
    ['fleet', fleets],
    ['run', runs],
    ['runs', runs],
    ['link', links],
    ['links', links],
    ['service', async () => serviceNames],
    ['target', async () => [...(await links()), ...serviceNames]],
  ]);
}
