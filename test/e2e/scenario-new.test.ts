import { describe, expect, it } from 'vitest';
import { aWorld, freeBasePort } from '../support/cli.ts';

const short = ['--baseline', '2s', '--outage', '3s', '--recovery', '6s', '--yes'];

describe('scenarios that scenario new has written', () => {
  it('pass on a fleet that is up: a link down, errors in a service, a small delay', { timeout: 180_000 }, async () => {
    await using world = aWorld();
    const written = await Promise.all([
      world.run('scenario', 'new', 'gone', '--fault', 'down', '--link', 'order:payment', ...short),
      world.run('scenario', 'new', 'broken', '--fault', 'httpError', '--service', 'inventory', ...short),
      world.run(
        'scenario',
        'new',
        'late',
        '--fault',
        'latency',
        '--link',
        'order:user',
        '--latency',
        '150ms',
        ...short,
      ),
    ]);
    expect(written.map(({ code }) => code)).toEqual([0, 0, 0]);
    await world.run('up', '--base-port', String(await freeBasePort()));

    const { code, stdout } = await world.run('scenario', 'run', 'gone', 'broken', 'late');

    expect(stdout).toMatch(/order->payment {2}closed -> open/);
    expect(stdout).toMatch(/order->inventory {2}closed -> open/);
    expect(stdout).not.toMatch(/order->user {2}closed -> open/);
    expect({ code, stdout }).toMatchObject({ code: 0 });
  });
});
