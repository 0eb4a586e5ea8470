// How often `compare` is wrong about recorded runs of one program: deals them out to two groups, again and again. Reads only.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runsMeant } from '../../cli/commands/compare-runs.ts';
import type { RunFacts } from '../../cli/compare/run-facts.ts';
import { random } from '../../cli/scenario/random.ts';
import { factsOfSoak, soakGates } from './as-facts.ts';
import { comparable, type Dealt, dealtLines, dealtOut } from './dealt.ts';
import { soakSchema } from './figures.ts';

const { values } = parseArgs({
  options: {
    'runs-folder': { type: 'string', default: 'reports' },
    /** A folder of soak results: their figures are compared, scenario by scenario. */
    results: { type: 'string' },
    /** Folders of runs of programs that were changed (record.ts), as `name,name`. */
    changed: { type: 'string', default: '' },
    size: { type: 'string', default: '5' },
    draws: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
});
const { 'runs-folder': runsFolder, results } = values;
const size = Number(values.size);

const dealt: readonly Dealt[] =
  results === undefined
    ? [deal(runsMeant([runsFolder], { reports: runsFolder, cwd: process.cwd() }))]
    : soaksIn(results).map((runs) => deal(runs, soakGates));
for (const each of dealt) for (const line of dealtLines(each)) console.log(line);
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(dealt, null, 2)}\n`);
process.exitCode = dealt.every(({ aa }) => aa.regressed <= 0.02) ? 0 : 1;

function deal(runs: readonly RunFacts[], gates?: readonly string[]): Dealt {
  const usable = usableOf(runs);
  const [first] = usable;
  const changed = Object.fromEntries(
    values.changed.split(',').flatMap((folder) => (folder === '' ? [] : [[basename(folder), folderOf(folder, first)]])),
  );
  const options = { size, draws: Number(values.draws), random: random(Number(values.seed)), changed };
  return dealtOut(usable, gates === undefined ? options : { ...options, gates });
}

/** The runs of a folder that can be compared with `like`. */
function folderOf(folder: string, like: RunFacts | undefined): readonly RunFacts[] {
  const runs = runsMeant([folder], { reports: folder, cwd: process.cwd() });
  return like === undefined ? [] : usableOf([like, ...runs]).slice(1);
}

function usableOf(runs: readonly RunFacts[]): readonly RunFacts[] {
  const { usable, left } = comparable(runs);
  for (const line of left) console.log(line);
  return usable;
}

/** Those of scenarios that open a breaker in every run. */
function soaksIn(folder: string): readonly (readonly RunFacts[])[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.flatMap((file) => {
    const { data } = soakSchema.safeParse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    const facts = data === undefined ? [] : factsOfSoak(data);
    return facts.length < 2 * size ? [] : [facts];
  });
}
