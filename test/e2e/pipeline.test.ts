import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aWorld, eventuallyNothing, leftOf, readText, root } from '../support/cli.ts';

const longOutage = join(root, 'test/scenarios/long-outage.yaml');
const unsteady = join(root, 'test/scenarios/unsteady.yaml');
const goesTooFar = join(root, 'test/scenarios/goes-too-far.yaml');

it('Ctrl-C on two runs side by side undoes both, and the reports of the series tell of all three', async () => {
  await using world = aWorld();
  const running = world.start('scenario', 'run', longOutage, '--repeat', '3', '--jobs', '2', '--ci');
  const isBroken = (run: string): boolean =>
    readFileSync(join(world.cwd, 'reports', run, 'journal.ndjson'), 'utf8').includes('"type":"fault.set"');
  await eventuallyNothing(
    async () => (world.runs().filter(isBroken).length === 2 ? [] : ['a fleet that is whole']),
    60_000,
  );
  const fleets = world.fleets();
  running.kill('SIGINT');
  const { code, stdout } = await running.finished;

  expect(code).toBe(130);
  expect(fleets).toHaveLength(2);
  for (const fleet of fleets) expect(await leftOf(fleet)).toEqual([]);
  const junit = readText(world.cwd, 'reports', 'junit.xml');
  expect(junit.match(/<error type="interrupted"/g)).toHaveLength(2);
  expect(junit).toContain('<skipped message="it was not run"/>');
  expect(stdout).toContain('1 of 3 were not run');
  expect(readText(world.cwd, 'reports', 'index.html').match(/! interrupted: long-outage-/g)).toHaveLength(4);
  // The lines of a run are kept together: from its title to what it wrote there is no other's.
  const blocks = stdout.split(/^long-outage: /m).slice(1);
  expect(blocks.map((block) => block.match(/; run long-outage-\w+-\w+/g)?.length)).toEqual([1, 1]);
});

it('breaks nothing on a system that is not well, and stops a run that goes too far', async () => {
  await using world = aWorld();
  const { code, stdout } = await world.run('scenario', 'run', unsteady, goesTooFar, '--ci');

  expect(stdout).toMatch(
    /\? inconclusive .* no steady state before the first fault: \S+unsteady\.yaml:\d+: orders\.success/,
  );
  expect(stdout).toMatch(/! aborted .* stop condition \S+goes-too-far\.yaml:\d+: orders\.rejected >= 80% for 1s/);
  expect(stdout).toMatch(/order->payment {2}down {3}fault outage\/1/);
  expect(stdout).not.toMatch(/fault never\/1/);
  expect(code).toBe(4);
});

it('runs nothing where a report that was asked for could not be written', async () => {
  await using world = aWorld();
  const { code, stderr } = await world.run('scenario', 'run', unsteady, '--report', 'junit:.');

  expect([code, stderr]).toEqual([
    5,
    expect.stringMatching(/^error: cannot write .*EISDIR.*\n {2}what to do: .*--report format:path\n$/),
  ]);
  expect(world.runs()).toEqual([]);
});
