import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aWorld, freeBasePort, root } from '../support/cli.ts';

const scenario = join(root, 'test/scenarios/brief-outage.yaml');

describe('the dashboard without a screen', () => {
  it('tells in lines of the fleet, of a run that begins, its verdict, and of the fleet again', async () => {
    await using world = aWorld();
    await world.run('up', '--base-port', String(await freeBasePort()));
    const watching = world.start('dashboard');
    // Whatever happens before it listens is not told: the breaker moves until it is.
    const heard = watching.line(/order->payment {2}closed -> open {3}set by hand/);
    let isHeard = false;
    void heard.then(() => {
      isHeard = true;
    });
    while (!isHeard) {
      for (const state of ['open', 'auto']) await world.run('breakers', 'force', 'order:payment', state);
    }
    expect((await world.run('scenario', 'run', scenario)).code).not.toBe(5);
    await watching.line(/order->payment {2}down {3}fault outage\/1/);
    await watching.line(/(passed|failed|inconclusive) .* run brief-outage-/);
    const again = watching.line(/gateway->user {2}closed -> open {3}set by hand/);
    let isBack = false;
    void again.then(() => {
      isBack = true;
    });
    while (!isBack) {
      for (const state of ['open', 'auto']) await world.run('breakers', 'force', 'gateway:user', state);
    }
    watching.kill('SIGINT');
    expect(await watching.finished).toMatchObject({ code: 0, stderr: '' });
  });
});
