// What every measurement says beside its figures: the machine, the code, and where the JSON goes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { root } from '../test/support/cli.ts';

export interface Machine {
  readonly platform: string;
  readonly cpus: number;
  readonly model: string;
  /** MB */
  readonly memory: number;
  readonly node: string;
  /** Of the last minute, when asked: what else the machine was doing. */
  readonly load: number;
}

export function machineOf(): Machine {
  const all = cpus();
  return {
    platform: `${platform()} ${release()}`,
    cpus: all.length,
    model: all[0]?.model ?? 'unknown',
    memory: Math.round(totalmem() / 2 ** 20),
    node: process.versions.node,
    load: loadavg()[0] ?? 0,
  };
}

export const machineText = ({ cpus: count, model, memory, node, load, platform: system }: Machine): string =>
  `${count} cpus (${model}), ${memory} MB, ${system}, Node ${node}, load ${load.toFixed(2)}`;

/** The commit that is checked out; `+` where files differ from it; null outside of git. */
export function commitOf(): string | null {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
    const isDirty = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', '--short=10', 'HEAD')}${isDirty ? '+' : ''}`;
  } catch {
    return null;
  }
}

export function writeOutcome(file: string | undefined, figures: Readonly<Record<string, unknown>>): void {
  if (file === undefined) return;
  const outcome = { measuredAt: new Date().toISOString(), commit: commitOf(), machine: machineOf(), ...figures };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(outcome, null, 2)}\n`);
  console.log(`wrote ${file}`);
}
