import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { fleetPaths } from '../../cli/fleet/paths.ts';
import { refTo } from '../../cli/fleet/pid.ts';
import { claimState } from '../../cli/fleet/state.ts';
import { portsFrom } from '../../services/fleet.ts';
import { aWorld, freeBasePort } from '../support/cli.ts';

describe('doctor', () => {
  it('finds all that is needed, for machines too, soon, and leaves no fleet', async () => {
    await using world = aWorld();
    const base = String(await freeBasePort());
    const startedAt = performance.now();
    const { code, stdout } = await world.run('doctor', '--json', '--base-port', base);
    // One second on an idle machine; ten where other workers make it wait.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    const { ok, checks } = JSON.parse(stdout);
    expect(checks.filter(({ standing }: { standing: string }) => standing === 'problem')).toEqual([]);
    expect({ code, ok }).toEqual({ code: 0, ok: true });
    expect(checks.map(({ check }: { check: string }) => check)).toEqual([
      ...['node', 'ports', 'database', 'toxiproxy', 'docker', 'state', 'reports', 'machine', 'leftovers', 'terminal'],
      'clock',
    ]);
    expect(world.fleets()).toEqual([]);
  });

  it('names who holds a port that a fleet would need, and exits 5', async () => {
    await using world = aWorld();
    const base = await freeBasePort();
    await using _squatter = createServer().listen(base, '127.0.0.1');
    const { code, stdout } = await world.run('doctor', '--base-port', String(base));
    expect(code).toBe(5);
    expect(stdout).toMatch(new RegExp(`✘ ports +port ${base} is taken by pid ${process.pid}`));
  });

  it('tells a database server that does not answer', async () => {
    await using world = aWorld({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    const { code, stdout } = await world.run('doctor', '--base-port', String(await freeBasePort()));
    expect(code).toBe(5);
    expect(stdout).toMatch(/✘ database +the server of DATABASE_URL does not answer/);
  });

  it('tells what a fleet left whose keeper was killed', async () => {
    await using world = aWorld();
    const { stateFile } = fleetPaths('lost', world.env);
    claimState(stateFile, {
      ...({ v: 1, name: 'lost', driver: 'process', ephemeral: false, phase: 'up', run: null } as const),
      ...{ keeper: { pid: process.pid, startedAt: 'long ago' }, processes: { db: refTo(process.pid) } },
      ...{ controlPort: 1, token: '', ports: portsFrom(5_000), folders: [], logs: '', startedAt: '' },
    });
    const { code, stdout } = await world.run('doctor', '--base-port', String(await freeBasePort()));
    rmSync(stateFile);
    expect(stdout).toMatch(/· leftovers +lost \(1 of its processes live\)/);
    expect(code).toBe(0);
  });
});
