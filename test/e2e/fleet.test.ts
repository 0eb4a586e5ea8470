import { createServer } from 'node:net';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { portsFrom } from '../../services/fleet.ts';
import { aWorld, eventuallyNothing, freeBasePort, leftOf } from '../support/cli.ts';

async function placeOrder(port: number): Promise<{ status: number; body: unknown }> {
  const answer = await request(`http://127.0.0.1:${port}/place-order`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user_id: '1', item_id: 'item1' }),
  });
  return { status: answer.statusCode, body: await answer.body.json() };
}

describe('a fleet', () => {
  it('comes up, places an order, says what it is, and goes without a trace', async () => {
    await using world = aWorld();
    const base = await freeBasePort();
    const up = await world.run('up', '--base-port', String(base));
    expect(up).toMatchObject({ code: 0, stderr: '' });
    expect(up.stdout).toMatch(/fleet default is up after/);
    const [fleet] = world.fleets();
    if (fleet === undefined) throw new Error('there is no fleet');

    expect(await placeOrder(portsFrom(base).services.order)).toMatchObject({
      status: 201,
      body: { status: 'confirmed' },
    });

    const again = await world.run('up', '--base-port', String(base));
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toMatch(/fleet default is up already/);

    const status = await world.run('status');
    expect(status.code).toBe(0);
    for (const word of ['gateway', 'payment', 'order->payment', 'payment->db', '● closed'])
      expect(status.stdout).toContain(word);
    expect(status.stdout).toMatch(/gateway +● ready +port \d+ +pid \d+ +cpu \d+ % +\d+ MB/);
    const json = JSON.parse((await world.run('status', '--json')).stdout);
    expect(json.services).toHaveLength(5);
    expect(json.links).toHaveLength(10);

    const logs = await world.run('logs', 'order');
    expect(logs.stdout).toMatch(/listening/);

    expect(await world.run('down')).toMatchObject({ code: 0, stdout: 'fleet default is down', stderr: '' });
    expect(await leftOf(fleet)).toEqual([]);
    expect((await world.run('down')).stdout).toBe('no fleet named default is up');
  });

  it('names the port that is taken, its owner and the way out', async () => {
    await using world = aWorld();
    const base = await freeBasePort();
    const order = portsFrom(base).services.order;
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(order, '127.0.0.1', resolve));
    const { code, stderr } = await world.run('up', '--base-port', String(base));
    server.close();
    expect(code).toBe(5);
    expect(stderr).toContain(`port ${order} is taken`);
    if (process.platform === 'linux') expect(stderr).toContain(`by pid ${process.pid}`);
    expect(stderr).toContain('--base-port');
    expect(world.fleets()).toEqual([]);
  });

  it('started twice at once comes up once, and the other is told', async () => {
    await using world = aWorld();
    const base = await freeBasePort();
    const both = await Promise.all([base, base + 100].map((port) => world.run('up', '--base-port', String(port))));
    const told = both.map(({ code, stdout, stderr }) => `${code} ${stdout} ${stderr}`).sort();
    expect(told[0]).toMatch(/^0 .*fleet default is up/s);
    // The later one either met a fleet that is up, or one that is on its way.
    expect(told[1]).toMatch(/^0 .*is up already|^5 .*being started by another command|^5 .*is not ready/s);
    expect((await world.run('status')).code).toBe(0);
    const [fleet] = world.fleets();
    await world.run('down');
    expect(fleet === undefined ? ['no fleet'] : await leftOf(fleet)).toEqual([]);
  });

  it('does not depend on what else stands in the environment', async () => {
    await using world = aWorld({ LOG_LEVEL: 'debug', PGSSLMODE: 'require', PORT: '1', HOST: '192.0.2.1' });
    expect(await world.run('up', '--base-port', String(await freeBasePort()))).toMatchObject({ code: 0 });
  });

  it('follows the logs until the fleet is down', async () => {
    await using world = aWorld();
    await world.run('up', '--base-port', String(await freeBasePort()));
    const logs = world.start('logs', '-f', '-n', '100');
    await logs.line(/order +.*listening/);
    await world.run('down');
    expect(await logs.finished).toMatchObject({ code: 0 });
  });

  it('whose keeper is killed leaves nothing after the next up', async () => {
    await using world = aWorld();
    const base = String(await freeBasePort());
    await world.run('up', '--base-port', base);
    const [dead] = world.fleets();
    if (dead === undefined) throw new Error('there is no fleet');
    process.kill(dead.keeper.pid, 'SIGKILL');
    const others = { ...dead, processes: { ...dead.processes }, folders: [] };
    delete others.processes.db;
    const leftButTheDatabase = async (): Promise<readonly string[]> =>
      (await leftOf(others)).filter((what) => what !== `port ${dead.ports.database}`);
    await eventuallyNothing(leftButTheDatabase, 2_000);
    expect((await world.run('up', '--base-port', base)).code).toBe(0);
    await world.run('down');
    expect(await leftOf(dead)).toEqual([]);
  });
});
