// The command line on containers of a real engine, and what is there of them afterwards: nothing.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { connectAdmin } from '../../cli/fleet/admin.ts';
import { defaultBasePort, portsFrom } from '../../services/fleet.ts';
import { aWorld, eventuallyNothing, freeBasePort, root } from '../support/cli.ts';
import { hasEngine } from '../support/drivers.ts';

const docker = (...args: readonly string[]): readonly string[] =>
  execFileSync('docker', args, { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '');

/** Every container, network and volume of the engine, whoever made it. */
const everything = (): readonly string[] => [
  ...docker('ps', '-aq', '--no-trunc'),
  ...docker('network', 'ls', '-q', '--no-trunc'),
  ...docker('volume', 'ls', '-q'),
];

async function placeOrder(port: number): Promise<readonly [number, unknown]> {
  const { statusCode, body } = await request(`http://127.0.0.1:${port}/place-order`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user_id: '1', item_id: 'item1' }),
  });
  return [statusCode, await body.json()];
}

const scenario = join(root, 'test/scenarios/brief-outage.yaml');

describe.skipIf(!hasEngine)('a fleet of containers', () => {
  it('comes up, takes an order and a run, and goes without a trace', async () => {
    const before = everything();
    await using world = aWorld();
    const base = await freeBasePort();
    const up = await world.run('up', '--driver', 'docker', '--base-port', String(base));
    expect(up).toMatchObject({ code: 0, stderr: '' });
    expect(await placeOrder(portsFrom(base).services.order)).toMatchObject([201, { status: 'confirmed' }]);
    const services = docker('ps', '--filter', 'label=com.docker.compose.project=smartorders', '-q');
    expect(services).toHaveLength(7);

    const run = await world.run('scenario', 'run', scenario);
    expect(run.stdout).toMatch(/order->payment {2}closed -> open/);
    expect(run.stdout).toMatch(/outage\/1: down on order->payment/);
    expect((await world.run('logs', 'order')).stdout).toMatch(/listening/);
    expect(await world.run('down')).toMatchObject({ code: 0, stdout: 'fleet default is down' });
    expect(everything()).toEqual(before);
  });

  it('by docker-compose up --build takes an order, and goes with down', async () => {
    const before = everything();
    const compose = (...args: readonly string[]): string =>
      execFileSync('docker-compose', ['-p', 'smartorders-compose-test', ...args], { cwd: root, encoding: 'utf8' });
    try {
      compose('up', '--build', '--detach');
      const ports = portsFrom(defaultBasePort).services;
      const { isReady } = connectAdmin({ ports, token: '' });
      const waiting = async () => ((await isReady('order')) ? [] : ['the order service']);
      await eventuallyNothing(waiting, 60_000);
      const order = await placeOrder(ports.order);
      expect(order).toMatchObject([201, { status: 'confirmed' }]);
    } finally {
      compose('down', '--volumes');
    }
    expect(everything()).toEqual(before);
  });

  it('of a run that is killed goes with it', async () => {
    const before = everything();
    await using world = aWorld();
    const running = world.start('scenario', 'run', scenario, '--driver', 'docker');
    await running.line(/phase outage/);
    expect(everything().length).toBeGreaterThan(before.length);
    running.kill('SIGKILL');
    await running.finished;
    const left = async () => everything().filter((id) => !before.includes(id));
    await eventuallyNothing(left, 30_000);
  });

  it('whose keeper is killed is swept away by the next command', async () => {
    const before = everything();
    await using world = aWorld();
    await world.run('up', '--driver', 'docker', '--base-port', String(await freeBasePort()));
    const [fleet] = world.fleets();
    if (fleet === undefined) throw new Error('there is no fleet');
    process.kill(fleet.keeper.pid, 'SIGKILL');
    expect((await world.run('down')).stdout).toMatch(/had lost its keeper; what it left is cleaned up/);
    expect(everything()).toEqual(before);
  });
});

describe('without an engine', () => {
  it('says so, what to do, and leaves nothing', async () => {
    await using world = aWorld({ DOCKER_HOST: 'unix:///nowhere/docker.sock' });
    const { code, stderr } = await world.run('up', '--driver', 'docker', '--base-port', String(await freeBasePort()));
    expect(code).toBe(5);
    expect(stderr).toMatch(/no Docker engine answers at unix:\/\/\/nowhere\/docker.sock/);
    expect(stderr).toMatch(/--driver process/);
    expect(world.fleets()).toEqual([]);
  });
});
