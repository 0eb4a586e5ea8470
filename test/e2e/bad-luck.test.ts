import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectAdmin } from '../../cli/fleet/admin.ts';
import { connectLinks, toxiproxyUrl } from '../../cli/fleet/links.ts';
import type { FleetState } from '../../cli/fleet/state.ts';
import { serviceNames } from '../../services/fleet.ts';
import { broken } from '../support/broken.ts';
import { aWorld, eventuallyNothing, freeBasePort, leftOf, readText, root, type World } from '../support/cli.ts';

const longOutage = join(root, 'test/scenarios/long-outage.yaml');
const briefOutage = join(root, 'test/scenarios/brief-outage.yaml');

const theFleet = (world: World): FleetState => {
  const [fleet] = world.fleets();
  if (fleet === undefined) throw new Error('there is no fleet');
  return fleet;
};

async function isHealthy({ ports, token }: FleetState): Promise<boolean> {
  const admin = connectAdmin({ ports: ports.services, token });
  const ready = await Promise.all(serviceNames.map((service) => admin.isReady(service)));
  return ready.every(Boolean);
}

describe('in the outage', () => {
  it('Ctrl-C undoes, writes what there is and exits 130', async () => {
    await using world = aWorld();
    const running = world.start('scenario', 'run', longOutage);
    await running.line(/closed -> open/);
    const fleet = theFleet(world);
    // As npx does it: the terminal's signal and the one passed on are one Ctrl-C.
    running.kill('SIGINT');
    running.kill('SIGINT');
    const { code, stdout } = await running.finished;
    expect(code).toBe(130);
    expect(stdout).toMatch(/interrupted/);
    expect(await leftOf(fleet)).toEqual([]);
    const report = JSON.parse(readText(world.reportFolder(), 'report.json'));
    expect(report.verdict).toBe('interrupted');
    expect(report.transitions.length).toBeGreaterThan(0);
  });

  it('Ctrl-C on an up fleet leaves it whole', async () => {
    await using world = aWorld();
    await world.run('up', '--base-port', String(await freeBasePort()));
    const fleet = theFleet(world);
    const running = world.start('scenario', 'run', longOutage);
    await running.line(/closed -> open/);
    expect(await broken(fleet)).not.toEqual([]);
    running.kill('SIGTERM');
    expect((await running.finished).code).toBe(143);
    expect(await broken(fleet)).toEqual([]);
    expect(await isHealthy(fleet)).toBe(true);
  });

  it('kill -9 of the runner ends its own fleet within two seconds', async () => {
    await using world = aWorld();
    const running = world.start('scenario', 'run', longOutage);
    await running.line(/closed -> open/);
    const fleet = theFleet(world);
    running.kill('SIGKILL');
    await eventuallyNothing(() => leftOf(fleet), 2_000);
  });

  it('kill -9 of the runner heals an up fleet within two seconds, which then runs clean and cleaner', async () => {
    await using world = aWorld();
    await world.run('up', '--base-port', String(await freeBasePort()));
    const fleet = theFleet(world);
    const running = world.start('scenario', 'run', longOutage, '--reports', 'killed');
    await running.line(/closed -> open/);
    running.kill('SIGKILL');
    await eventuallyNothing(() => broken(fleet), 2_000);
    expect(await isHealthy(fleet)).toBe(true);
    for (const _ of ['first', 'second']) {
      const { code, stdout } = await world.run('scenario', 'run', briefOutage);
      expect(stdout).toMatch(/✔ passed/);
      expect(code).toBe(0);
    }
  });

  it('a reader that leaves stops the run as a hang-up does, and is no pass', async () => {
    await using world = aWorld();
    const running = world.start('scenario', 'run', longOutage);
    await running.line(/closed -> open/);
    const fleet = theFleet(world);
    running.hangUp();
    expect((await running.finished).code).toBe(129);
    expect(await leftOf(fleet)).toEqual([]);
    expect(JSON.parse(readText(world.reportFolder(), 'report.json')).verdict).toBe('interrupted');
  });

  it('a service killed from outside is never passed', async () => {
    await using world = aWorld();
    const running = world.start('scenario', 'run', longOutage);
    await running.line(/closed -> open/);
    const user = theFleet(world).processes.user;
    if (user === undefined) throw new Error('the user service has no process');
    process.kill(user.pid, 'SIGKILL');
    const { code, stdout } = await running.finished;
    expect(code).toBe(5);
    expect(stdout).toMatch(/errored/);
    expect(stdout).toMatch(/user/);
  });
});

describe('runs beside each other', () => {
  it('on one fleet are refused with the id of the first', async () => {
    await using world = aWorld();
    await world.run('up', '--base-port', String(await freeBasePort()));
    const first = world.start('scenario', 'run', longOutage);
    const told = await first.line(/fleet ready .*run long-outage-/);
    const id = /run (long-outage-\S+)/.exec(told)?.[1] ?? 'no id';
    const second = await world.run('scenario', 'run', briefOutage);
    expect(second.code).toBe(5);
    expect(second.stderr).toContain(id);
    first.kill('SIGINT');
    expect((await first.finished).code).toBe(130);
  });

  it('do not begin on a fleet that somebody has broken by hand', async () => {
    await using world = aWorld();
    await world.run('up', '--base-port', String(await freeBasePort()));
    await connectLinks(toxiproxyUrl(theFleet(world).ports)).setEnabled('order->payment', false);
    const { code, stderr } = await world.run('scenario', 'run', briefOutage);
    expect(code).toBe(5);
    expect(stderr).toMatch(/order->payment \(disabled\)/);
    expect(stderr).toContain('smartorders reset');
  });

  it('on fleets of their own do not touch each other', async () => {
    await using world = aWorld();
    const [broken, calm] = await Promise.all([
      world.run('scenario', 'run', briefOutage, '--reports', 'a'),
      world.run('scenario', 'run', join(root, 'test/scenarios/calm.yaml'), '--reports', 'b'),
    ]);
    // How well the broken one does on two busy cores is not the question; that the other notices nothing is.
    expect(broken.stdout).toMatch(/order->payment {2}closed -> open/);
    expect(calm).toMatchObject({ code: 0, stdout: expect.not.stringMatching(/closed -> open/) });
  });
});

describe('a journal', () => {
  it('cut off in the middle of a line is still reported on, and is not passed', async () => {
    await using world = aWorld();
    const running = world.start('scenario', 'run', longOutage);
    await running.line(/closed -> open/);
    running.kill('SIGKILL');
    await running.finished;
    const journal = join(world.reportFolder(), 'journal.ndjson');
    const text = readFileSync(journal, 'utf8');
    writeFileSync(journal, text.slice(0, text.lastIndexOf('\n') - 20));
    const { code, stdout } = await world.run('report', journal);
    expect(code).toBe(0);
    expect(stdout).toMatch(/errored/);
    expect(JSON.parse(readText(world.reportFolder(), 'report.json')).verdict).toBe('errored');
  });
});

describe('bad input', () => {
  it('is told whole, with file, line and column, and costs no fleet', async () => {
    await using world = aWorld();
    const file = join(world.cwd, 'bad.yaml');
    writeFileSync(file, readText(root, 'scenarios/payment-outage.yaml').replace('timeout: 1s', 'timeout: 1000'));
    appendFileSync(file, 'colour: red\n');
    const { code, stderr } = await world.run('scenario', 'run', 'bad.yaml');
    expect(code).toBe(3);
    expect(stderr).toMatch(/bad\.yaml:\d+:\d+: .*timeout/);
    expect(stderr).toMatch(/bad\.yaml:\d+:\d+: .*colour/);
    expect(world.fleets()).toEqual([]);
  });

  it.each([
    [['scenario', 'run', 'payment-outag'], 3, /did you mean payment-outage/],
    [['frobnicate'], 3, /unknown command/],
    [['stauts'], 3, /Did you mean status/],
    [['status', '--jsn'], 3, /Did you mean --json/],
    [['runs'], 3, /Usage: smartorders runs/],
    [['runs', 'prune'], 3, /--keep 20 or --older-than 30d/],
    [['up', '--base-port', 'x'], 3, /whole number/],
    [['status'], 5, /smartorders up/],
    [['report', 'nothing'], 3, /no journal/],
  ])('%j exits %i and says what to do', async (args, code, words) => {
    await using world = aWorld();
    const result = await world.run(...args);
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(words);
  });
});
