// `npm run bench:up [-- --rounds 7 --compile-cache --out file.json]`: `smartorders up` until it is ready, against five
// hello-world Fastify processes until each answers. Interleaved, so that what else the machine does hits both alike.
import { parseArgs } from 'node:util';
import { serviceNames } from '../services/fleet.ts';
import { aWorld, freeBasePort, type World } from '../test/support/cli.ts';
import { forgetDatabase } from './first-up.ts';
import { helloFleet } from './hello-fleet.ts';
import { machineOf, machineText, writeOutcome } from './outcome.ts';
import { spreadOf, spreadText } from './statistics.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    /** Gives the hello-worlds a compile cache as well. */
    'compile-cache': { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const compileCache = values['compile-cache'];
console.log(machineText(machineOf()));

const first = await firstUp();
console.log(
  `first up on this machine: ${first === null ? 'not measured, another fleet is up' : `${first.toFixed(0)} ms`}`,
);

const upMs: number[] = [];
const helloMs: number[] = [];
{
  await using world = aWorld();
  using hello = helloFleet({ compileCache });
  for (let round = 0; round <= rounds; round += 1) {
    const up = await upOnce(world);
    const base = await freeBasePort();
    const five = await hello.round(serviceNames.map((_, index) => base + index));
    console.log(`${round === 0 ? 'warm-up' : `round ${round}`}: up ${up.toFixed(0)} ms, hello ${five.toFixed(0)} ms`);
    if (round === 0) continue;
    upMs.push(up);
    helloMs.push(five);
  }
}
const [up, hello] = [spreadOf(upMs), spreadOf(helloMs)];
const ratio = up === null || hello === null ? null : up.median / hello.median;
console.log(`up              ${spreadText(up, 'ms')}`);
console.log(`5 hello-worlds  ${spreadText(hello, 'ms')}${compileCache ? ', with a compile cache' : ''}`);
console.log(`ratio of medians ${ratio?.toFixed(2) ?? 'none'}`);
writeOutcome(values.out, { bench: 'up', compileCache, firstUpMs: first, up, hello, ratio, upMs, helloMs });

/** ms from the start of the command to its end, which is when the fleet is ready; the fleet is then taken down. */
async function upOnce(world: World): Promise<number> {
  const port = String(await freeBasePort());
  const startedAt = performance.now();
  const { code, stderr } = await world.run('up', '--base-port', port);
  const took = performance.now() - startedAt;
  if (code !== 0) throw new Error(`up left with ${code}: ${stderr}`);
  await world.run('down');
  return took;
}

/** With nothing cached: no initialised database, no compile cache. */
async function firstUp(): Promise<number | null> {
  await using world = aWorld();
  using forgotten = forgetDatabase(world.env);
  return forgotten === null ? null : await upOnce(world);
}
