// The dashboard's hands: everything goes through the keeper, which undoes it whoever dies.
import type { Hands } from '../dashboard/ports.ts';
import { SmartOrdersError } from '../errors.ts';
import { faultSchema } from '../scenario/fault.ts';
import type { KeeperClient } from './control-client.ts';

/** As `--for` of the commands. */
const forcedForMs = 60_000;

/** `connect`: asked anew after a connection was lost. */
export function keeperHands(connect: () => Promise<Pick<KeeperClient, 'call' | 'closed'>>): Hands {
  let connected: ReturnType<typeof connect> | null = null;

  const keeper = (): ReturnType<typeof connect> => {
    if (connected !== null) return connected;
    const forget = (): void => {
      connected = null;
    };
    connected = connect();
    connected.then(({ closed }) => closed.then(forget), forget);
    return connected;
  };
  const call = async (...[request]: Parameters<KeeperClient['call']>): Promise<void> => {
    await (await keeper()).call(request);
  };

  return {
    addFault: async (fault, ttlMs) => {
      const { error } = faultSchema.safeParse(fault);
      const issues = error?.issues.map(({ path, message }) => [...path, message].join(': '));
      if (issues !== undefined) throw new SmartOrdersError('fault', issues.join('; '));
      await call({ op: 'fault.add', fault: { ...fault }, ttlMs });
    },
    clearFault: (fault) => call({ op: 'fault.clear', fault }),
    force: (link, state) => call({ op: 'breaker.force', link, state, ttlMs: forcedForMs }),
    setRate: (load, perSecond) => call({ op: 'load.set', load, perSecond }),
  };
}
