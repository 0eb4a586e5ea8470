// The command line on containers of a real engine, and what is there of them afterwards: nothing.
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { connectAdmin } from '../../cli/fleet/admin.ts';
import { imageFrom } from '../../cli/fleet/docker/images.ts';
import { containerName } from '../../cli/fleet/docker/labels.ts';
import type { RunResult } from '../../cli/verdict/run-result.ts';
import { defaultBasePort, portsFrom, serviceNames } from '../../services/fleet.ts';
import { aWorld, eventuallyNothing, freeBasePort, root } from '../support/cli.ts';
import { hasEngine } from '../support/drivers.ts';
import { isStarved } from '../support/starved.ts';

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

const docker = (...args: readonly string[]): readonly string[] =>
  linesOf(execFileSync('docker', args, { encoding: 'utf8' }));

/** Both of Compose's command lines, each where it is here: 1.29 is Debian's, v2 a plugin of Docker's. */
const composers = [['docker-compose'], ['docker', 'compose']].map(([program = '', ...first]) => ({
  name: [program, ...first].join(' '),
  isHere: spawnSync(program, [...first, 'version']).status === 0,
  run: (project: string, ...args: readonly string[]): readonly string[] =>
    linesOf(execFileSync(program, [...first, '-p', project, ...args], { cwd: root, encoding: 'utf8' })),
}));

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

/** A network and a volume that look like a fleet's to Compose, made by somebody else. */
function foreignThings(): Disposable {
  const label = ['--label', 'com.docker.compose.project=smartorders'];
  docker('network', 'create', ...label, 'smartorders_foreign');
  docker('volume', 'create', ...label, 'smartorders_foreign');
  return {
    [Symbol.dispose]: () => {
      docker('network', 'rm', 'smartorders_foreign');
      docker('volume', 'rm', 'smartorders_foreign');
    },
  };
}

describe.skipIf(!hasEngine)('a fleet of containers', () => {
  it('comes up, takes an order, is seen by Compose, and goes without a trace and with nothing of others', async () => {
    using _foreign = foreignThings();
    const before = everything();
    await using world = aWorld();
    const base = await freeBasePort();
    const up = await world.run('up', '--driver', 'docker', '--base-port', String(base));
    expect(up).toMatchObject({ code: 0, stderr: '' });
    expect(up.stdout).toMatch(/building smartorders:/);
    expect(await placeOrder(portsFrom(base).services.order)).toMatchObject([201, { status: 'confirmed' }]);
    for (const { run } of composers.filter(({ isHere }) => isHere)) {
      expect(run('smartorders', 'ps', '-q')).toHaveLength(7);
      expect(run('smartorders', 'logs', 'order').join('\n')).toMatch(/listening/);
    }

    const status = await world.run('status');
    for (const name of serviceNames) {
      expect(status.stdout).toMatch(new RegExp(`${name} +● ready +port \\d+ +pid \\d+ +cpu \\d+ % +\\d+ MB`));
    }
    expect((await world.run('logs', 'order')).stdout).toMatch(/listening/);
    expect(await world.run('down')).toMatchObject({ code: 0, stdout: 'fleet default is down' });
    expect(everything()).toEqual(before);
  });

  it('gives payment-outage and payment-errors the verdicts and paths that processes give', async ({ skip }) => {
    const before = everything();
    await using world = aWorld();
    const names = ['payment-outage', 'payment-errors'];
    const run = await world.run('scenario', 'run', ...names, '--driver', 'docker', '--known', '--json');
    const results: readonly RunResult[] = JSON.parse(run.stdout);
    expect(everything()).toEqual(before);
    const starved = results.find(isStarved);
    skip(starved !== undefined, starved?.reason ?? '');
    expect(
      results.map(({ scenario: { name }, verdict, fleet, transitions }) => {
        return [name, verdict, fleet?.driver, transitions.map(({ to }) => to).join(' ')];
      }),
    ).toEqual([
      ['payment-outage', 'passed', 'docker', 'open halfOpen open halfOpen closed'],
      ['payment-errors', 'passed', 'docker', 'open halfOpen open halfOpen open halfOpen closed'],
    ]);
    expect(run.code).toBe(0);
  });

  it.each([
    ['that cannot be had', { POSTGRES_IMAGE: '127.0.0.1:1/none:1' }, /POSTGRES_IMAGE/],
    [
      'that is another program’s',
      { TOXIPROXY_IMAGE: imageFrom('postgres', process.env) },
      /the container of toxiproxy died/,
    ],
  ])('with an image %s is refused with what to do, and leaves nothing', async (_which, env, told) => {
    const before = everything();
    await using world = aWorld(env);
    const up = await world.run('up', '--driver', 'docker', '--base-port', String(await freeBasePort()));
    expect(up).toMatchObject({ code: 5, stderr: expect.stringMatching(told) });
    expect(world.fleets()).toEqual([]);
    expect(everything()).toEqual(before);
  });

  it('uses no volume that somebody else made', async () => {
    const before = everything();
    docker('volume', 'create', 'smartorders_database');
    try {
      await using world = aWorld();
      const up = await world.run('up', '--driver', 'docker', '--base-port', String(await freeBasePort()));
      expect(up).toMatchObject({ code: 5, stderr: expect.stringMatching(/docker volume rm smartorders_database/) });
      expect(docker('volume', 'ls', '-q')).toContain('smartorders_database');
    } finally {
      docker('volume', 'rm', 'smartorders_database');
    }
    expect(everything()).toEqual(before);
  });

  describe.each(composers)('by $name', ({ run, isHere }) => {
    it.skipIf(!isHere)('up --build takes an order, and goes with down', async () => {
      const before = everything();
      const project = 'smartorders-compose-test';
      try {
        run(project, 'up', '--build', '--detach');
        const ports = portsFrom(defaultBasePort).services;
        const { isReady } = connectAdmin({ ports, token: '' });
        const waiting = async () => {
          const ready = await Promise.all(serviceNames.map(isReady));
          return serviceNames.filter((_, index) => ready[index] !== true);
        };
        await eventuallyNothing(waiting, 120_000);
        const order = await placeOrder(ports.order);
        expect(order).toMatchObject([201, { status: 'confirmed' }]);
      } finally {
        run(project, 'down', '--volumes');
      }
      expect(everything()).toEqual(before);
    });
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

  it('of which one dies ends the run as errored, never as passed', async () => {
    const before = everything();
    await using world = aWorld();
    const running = world.start('scenario', 'run', scenario, '--driver', 'docker');
    await running.line(/phase outage/);
    const [fleet] = world.fleets();
    docker('kill', containerName(fleet?.name ?? '', 'user'));
    const { code, stdout } = await running.finished;
    expect(code).toBe(5);
    expect(stdout).toMatch(/errored .*user/);
    expect(everything()).toEqual(before);
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
