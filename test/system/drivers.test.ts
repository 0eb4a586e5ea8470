// What both fleet drivers promise: the same tests on processes and, where an engine answers, on containers.
import { describe, expect, it } from 'vitest';
import { isFree } from '../../cli/fleet/ports.ts';
import { serviceNames } from '../../services/fleet.ts';
import { aDrivenFleet, hasEngine } from '../support/drivers.ts';

/** Whether a service answers within a moment. */
const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(500) }).then(
    ({ ok }) => ok,
    () => false,
  );

describe.each([
  ['process', true],
  ['docker', hasEngine],
] as const)('the driver %s', (name, isHere) => {
  it.skipIf(!isHere)(
    'brings all up, and kills, pauses, resumes and restarts one without a word of an accident',
    async () => {
      let free: () => Promise<boolean>;
      {
        await using fleet = await aDrivenFleet(name);
        const { driver, ports, isReady, ready, exited } = fleet;
        const port = ports.services.payment;
        free = () => isFree(port);
        expect(ready).toEqual(expect.arrayContaining(['toxiproxy', ...serviceNames]));
        expect(await answers(port)).toBe(true);

        await driver.pause('payment');
        expect(await answers(port)).toBe(false);
        await driver.unpause('payment');
        expect(await answers(port)).toBe(true);

        await driver.kill('payment');
        expect(await answers(port)).toBe(false);
        await driver.restart('payment');
        expect(await isReady('payment')).toBe(true);

        await driver.restart('order');
        expect(await isReady('order')).toBe(true);
        const accident = await Promise.race([exited, new Promise((resolve) => setImmediate(resolve, 'none'))]);
        expect(accident).toBe('none');
        await expect(driver.kill('nothing')).rejects.toMatchObject({ code: 'no-such-part' });
        // What is paused is ended like the rest.
        await driver.pause('inventory');
      }
      expect(await free()).toBe(true);
    },
  );
});
