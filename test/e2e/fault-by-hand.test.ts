import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Toxiproxy } from 'toxiproxy-node-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAdmin } from '../../cli/fleet/admin.ts';
import { connectLinks, toxiproxyUrl } from '../../cli/fleet/links.ts';
import { freeBlock } from '../../cli/fleet/ports.ts';
import type { FleetState } from '../../cli/fleet/state.ts';
import { broken } from '../support/broken.ts';
import { aWorld, eventuallyNothing, freeBasePort, readText, root, type World } from '../support/cli.ts';

const calm = join(root, 'test/scenarios/calm.yaml');
const longOutage = join(root, 'test/scenarios/long-outage.yaml');

/** One fleet for all: each test leaves it whole, and the last word of each is that it did. */
let world: World;
let fleet: FleetState;

beforeAll(async () => {
  world = aWorld();
  await world.run('up', '--base-port', String(await freeBasePort()));
  const [state] = world.fleets();
  if (state === undefined) throw new Error('there is no fleet');
  fleet = state;
});
afterAll(() => world[Symbol.asyncDispose]());

async function placeOrder(): Promise<{ readonly status: number; readonly ms: number }> {
  const startedAt = performance.now();
  const answer = await fetch(`http://127.0.0.1:${fleet.ports.services.order}/place-order`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user_id: '1', item_id: 'item1' }),
  });
  await answer.arrayBuffer();
  return { status: answer.status, ms: performance.now() - startedAt };
}

const breakerStates = async (): Promise<readonly string[]> => {
  const admin = connectAdmin({ ports: fleet.ports.services, token: fleet.token });
  return (await admin.breakers('order')).breakers.filter(({ state }) => state === 'open').map(({ link }) => link);
};

describe('a fault by hand', () => {
  it('slows orders down until it is cleared', async () => {
    const added = await world.run('fault', 'add', 'latency', 'order:payment', 'latency=300ms', '--for', '2m');
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(added.stdout).toMatch(/^(hand\/\d+) {2}order->payment {2}latency 300±0 ms downstream {2}until .* \(2m\)/);
    const id = /^hand\/\d+/.exec(added.stdout)?.[0] ?? 'no id';
    const slow = await placeOrder();
    expect(slow.status).toBe(201);
    expect(slow.ms).toBeGreaterThan(290);

    expect((await world.run('fault', 'list')).stdout).toMatch(
      new RegExp(`^${id} +order->payment +latency 300±0 ms downstream +set .* ago, 1\\d\\d\\.\\d\\d s left +by hand$`),
    );
    expect(JSON.parse((await world.run('fault', 'list', '--json')).stdout)).toMatchObject([
      { fault: id, by: 'hand', run: null, kind: 'latency', target: 'order->payment' },
    ]);
    expect(await world.run('fault', 'clear', id)).toMatchObject({ code: 0, stderr: '' });
    expect((await world.run('fault', 'list')).stdout).toBe('no fault stands on fleet default');
    expect(await broken(fleet)).toEqual([]);
  });

  it('takes a link down until all are cleared', async () => {
    const added = await world.run('fault', 'add', 'down', 'order:payment', '--json');
    expect(JSON.parse(added.stdout)).toMatchObject({ kind: 'down', target: 'order->payment', leftMs: 60_000 });
    await world.run('fault', 'add', 'httpDelay', 'inventory', 'delay=1ms', 'route=GET /items/:id');
    expect((await placeOrder()).status).toBe(503);
    expect(await broken(fleet)).toEqual(['order->payment', expect.stringMatching(/^inventory: hand\//)]);
    expect((await world.run('fault', 'clear', '--all')).stdout.split('\n')).toHaveLength(2);
    expect(await broken(fleet)).toEqual([]);
    expect((await placeOrder()).status).toBe(201);
  });

  it('ends by itself when its time is over', async () => {
    expect((await world.run('fault', 'add', 'down', 'order:payment', '--for', '3s')).code).toBe(0);
    expect(await broken(fleet)).toEqual(['order->payment']);
    await eventuallyNothing(() => broken(fleet), 15_000);
    expect((await world.run('fault', 'list')).stdout).toBe('no fault stands on fleet default');
    expect((await placeOrder()).status).toBe(201);
  });

  it('that a service refuses is told, and leaves nothing', async () => {
    const { code, stderr } = await world.run(
      'fault',
      'add',
      'httpError',
      'payment',
      'status=503',
      'route=GET /nothing',
    );
    expect(code).toBe(5);
    expect(stderr).toContain('GET /nothing is none of POST /charges');
    expect(JSON.parse((await world.run('fault', 'list', '--json')).stdout)).toEqual([]);
  });

  it('whose link a shell has cut in two is told so', async () => {
    const main = join(root, 'dist/cli/main.js');
    const command = `'${process.execPath}' '${main}' fault add latency order->payment latency=1s`;
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: world.cwd, env: world.env, encoding: 'utf8' });
    expect(status).toBe(3);
    expect(stderr).toContain('"order-" is what a shell leaves of an unquoted link such as order->payment');
    expect(stderr).toContain('write order:payment');
    // What the message warns of.
    expect(existsSync(join(world.cwd, 'payment'))).toBe(true);
    expect(await broken(fleet)).toEqual([]);
  });

  it.each([
    [['add', 'latency', 'order:payment'], 3, /latency: is missing/],
    [['add', 'down', 'order:payment', '--for', '10'], 3, /Expected a duration/],
    [['clear', 'hand/999'], 3, /no fault hand\/999/],
    [['clear'], 3, /--all/],
    [['list', '--fleet', 'nobody'], 5, /smartorders up/],
  ])('%j exits %i and says why', async (args, code, words) => {
    const result = await world.run('fault', ...args);
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(words);
  });
});

describe('a breaker forced by hand', () => {
  it('refuses every order while it is forced open, is shown, and does as its policy says afterwards', async () => {
    const forced = await world.run('breakers', 'force', 'order:payment', 'open', '--for', '2m');
    expect(forced).toMatchObject({ code: 0, stderr: '' });
    expect(forced.stdout).toMatch(/^order->payment {2}breaker forced open for 2m$/m);
    expect((await placeOrder()).status).toBe(503);
    expect(await breakerStates()).toEqual(['order->payment']);
    expect((await world.run('status')).stdout).toMatch(/order->payment .*✖ open \d+ s \(forced open\)/);
    const refused = await world.run('scenario', 'run', calm);
    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain('order->payment (breaker forced open)');

    expect((await world.run('breakers', 'force', 'order:payment', 'auto')).code).toBe(0);
    expect((await placeOrder()).status).toBe(201);
    expect((await world.run('fault', 'list')).stdout).toBe('no fault stands on fleet default');
  });

  it.each([
    [['breakers', 'force', 'order:db', 'open'], 5, /order->db has no breaker/],
    [['breakers', 'force', 'order:paymet', 'open'], 3, /did you mean "order:payment"/],
    [['load', 'set', 'checkout', '20'], 3, /expected a rate such as 40\/s/],
    [['load', 'set', 'checkout', '20/s'], 5, /no run is on/],
  ])('%j exits %i and says why', async (args, code, words) => {
    const result = await world.run(...args);
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(words);
  });
});

describe('reset', () => {
  it('heals what was broken behind the keeper’s back, and touches nobody else’s proxy', async () => {
    const api = toxiproxyUrl(fleet.ports);
    const links = connectLinks(api);
    const admin = connectAdmin({ ports: fleet.ports.services, token: fleet.token });
    const { controlPort } = await freeBlock(Math.random);
    const stranger = await new Toxiproxy(api).createProxy({
      name: 'stranger',
      listen: `127.0.0.1:${controlPort}`,
      upstream: '127.0.0.1:1',
      enabled: true,
    });
    await stranger.addToxic({ name: 'own', type: 'latency', stream: 'upstream', toxicity: 1, attributes: {} });

    await world.run('fault', 'add', 'bandwidth', 'order:user', 'rate=10KB/s');
    await links.addToxic('gateway->user', {
      ...{ name: 'mine', type: 'latency', stream: 'downstream', toxicity: 1 },
      attributes: { latency: 5_000, jitter: 0 },
    });
    await admin.setFailpoint('inventory', 'mine', {
      ...{ type: 'httpDelay', delayMs: 1, probability: 1, ttlMs: 600_000, seed: 1 },
    });
    await links.setEnabled('order->payment', false);
    for (let order = 0; order < 3; order += 1) expect((await placeOrder()).status).toBe(503);
    expect(await breakerStates()).toEqual(['order->payment']);

    const { code, stdout, stderr } = await world.run('reset');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').map((line) => line.replace(/\(hand\/\d+\)/, '(by hand)'))).toEqual([
      'healed  order->user: bandwidth 10 KB/s downstream (by hand)',
      'healed  gateway->user: toxic mine',
      'healed  order->payment: its proxy was disabled',
      'healed  inventory: failpoint mine (httpDelay)',
      'healed  order->payment: its breaker was open',
      'fleet default is whole: links open, no failpoints, breakers closed, policies as declared',
    ]);
    expect([await broken(fleet), await breakerStates()]).toEqual([[], []]);
    expect((await placeOrder()).status).toBe(201);
    await stranger.getToxic('own');
    await stranger.remove();
  });
});

describe('during a run', () => {
  it('a fault by hand is recorded, and the run proves nothing', async () => {
    const running = world.start('scenario', 'run', calm, '--reports', 'calm');
    await running.line(/phase baseline/);
    const run = world.fleets()[0]?.run ?? 'none';
    const added = await world.run('fault', 'add', 'latency', 'order:payment', 'latency=1ms', '--for', '1s');
    expect(added.code).toBe(0);
    expect(added.stdout).toContain(`run ${run} is on this fleet: it will be inconclusive`);
    const refused = await world.run('reset');
    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain(run);

    const { code, stdout } = await running.finished;
    expect(code).toBe(2);
    const id = /^hand\/\d+/.exec(added.stdout)?.[0] ?? 'no id';
    const reason = `the fault ${id} on order->payment was set by hand`;
    expect(stdout).toMatch(new RegExp(`order->payment {2}latency 1±0 ms downstream {3}fault ${id} by hand`));
    const result = JSON.parse(readText(world.cwd, 'calm', run, 'report.json'));
    expect(result).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining(reason) });
    expect(result.notes).toContain(reason);
    const journal = readText(world.cwd, 'calm', run, 'journal.ndjson')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(journal.filter(({ type }) => type.startsWith('fault.s') || type === 'fault.cleared')).toMatchObject([
      { type: 'fault.set', fault: id, by: 'hand', kind: 'latency', target: 'order->payment', ttlMs: 1_000 },
      { type: 'fault.cleared', fault: id, reason: 'hand' },
    ]);
    expect(await broken(fleet)).toEqual([]);
  });

  it('a breaker and a load changed by hand are recorded, and end with the run', async () => {
    const running = world.start('scenario', 'run', calm, '--reports', 'meddled');
    await running.line(/phase baseline/);
    const run = world.fleets()[0]?.run ?? 'none';
    expect(await world.run('load', 'set', 'browse', '5/s')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('the run has no load browse; it has checkout'),
    });
    const before = await world.run('load', 'set', 'checkout', '30/s');
    expect(before).toMatchObject({ code: 0, stdout: expect.stringContaining(`run ${run} will be inconclusive`) });
    expect((await world.run('breakers', 'force', 'gateway:user', 'disabled')).code).toBe(0);
    const { code, stdout, stderr } = await running.finished;
    expect({ code, stdout, stderr }).toMatchObject({ code: 2 });
    expect(stdout).toMatch(/checkout {2}\d+\/s -> 30\/s {3}by hand/);
    const { manual, notes } = JSON.parse(readText(world.cwd, 'meddled', run, 'report.json'));
    // A busy machine adds notes of its own.
    expect([manual, notes.slice(0, 2)]).toEqual([
      true,
      [expect.stringMatching(/^the rate of checkout/), 'the breaker of gateway->user was forced disabled by hand'],
    ]);
    const admin = connectAdmin({ ports: fleet.ports.services, token: fleet.token });
    expect((await admin.breakers('gateway')).breakers.every(({ forced }) => forced === undefined)).toBe(true);
    expect((await world.run('fault', 'list')).stdout).toBe('no fault stands on fleet default');
  });

  it('the faults of the run are listed, no hand clears them, and a forced reset ends them with the run', async () => {
    const running = world.start('scenario', 'run', longOutage, '--reports', 'long');
    await running.line(/closed -> open/);
    const run = world.fleets()[0]?.run ?? 'none';
    const listed = JSON.parse((await world.run('fault', 'list', '--json')).stdout);
    expect(listed).toMatchObject([
      { fault: 'outage/1', by: 'plan', run, target: 'order->user' },
      { fault: 'outage/2', by: 'plan', run, target: 'payment', dose: 'httpError 503' },
      { fault: 'outage/3', by: 'plan', run, target: 'gateway->inventory' },
    ]);
    const refused = await world.run('fault', 'clear', 'outage/1');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(run);

    const reset = await world.run('reset', '--force');
    expect(reset).toMatchObject({ code: 0, stdout: expect.stringContaining(`run ${run} is ended`) });
    expect([await broken(fleet), await breakerStates()]).toEqual([[], []]);
    const { code, stdout } = await running.finished;
    expect(code).toBe(130);
    expect(stdout).toMatch(/interrupted: the fleet was reset by hand/);
    expect((await placeOrder()).status).toBe(201);
  });
});
