// How often `compare` is wrong about recorded runs of one program: deals them out to two groups, again and again. Reads only.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runsMeant } from '../../cli/commands/compare-runs.ts';
import { random } from '../../cli/scenario/random.ts';
import { comparable, type DealOptions, dealtLines, dealtOut } from './dealt.ts';

const { values } = parseArgs({
  options: {
    'runs-folder': { type: 'string', default: 'reports' },
    size: { type: 'string', default: '5' },
    draws: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
});

const runs = runsMeant([values['runs-folder']], { reports: values['runs-folder'], cwd: process.cwd() });
const { usable, left } = comparable(runs);
for (const line of left) console.log(line);
const options: DealOptions = {
  size: Number(values.size),
  draws: Number(values.draws),
  random: random(Number(values.seed)),
};
const dealt = dealtOut(usable, options);
for (const line of dealtLines(dealt)) console.log(line);
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(dealt, null, 2)}\n`);
process.exitCode = dealt.aa.regressed <= 0.02 ? 0 : 1;
