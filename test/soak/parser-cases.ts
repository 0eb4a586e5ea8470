// Case n of a seed: one of the files, spoilt in one to four ways. The same on every machine, so that any case can be seen again.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash, random } from '../../cli/scenario/random.ts';
import { root } from '../support/cli.ts';
import { below, mutations } from './mutations.ts';

export interface Case {
  /** What was done to which file. */
  readonly name: string;
  readonly text: string;
}

export type Sources = Readonly<Record<string, string>>;

export const sources = (): Sources =>
  Object.fromEntries(
    ['scenarios', 'test/scenarios', 'test/soak/broken'].flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), 'utf8')]),
    ),
  );

export function caseOf(files: Sources, seed: number, index: number): Case {
  const draw = random(hash(`case ${index}`, seed));
  const [[file, whole], [, other]] = [one(files, draw), one(files, draw)];
  let [name, text] = [file, whole];
  for (let left = 1 + below(draw, 4); left > 0; left--) {
    const [what, mutation] = one(mutations, draw);
    [name, text] = [`${name}, ${what}`, mutation(text, draw, other)];
  }
  return { name, text };
}

// --- internal ---

function one<T>(of: Readonly<Record<string, T>>, draw: () => number): readonly [string, T] {
  const all = Object.entries(of);
  const found = all[below(draw, all.length)];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}
