// What others may ask of the run that holds the fleet. The keeper passes the question on, and the answer back.
import { SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ControlPush } from './control-protocol.ts';

export interface RunAsks {
  /** Errors: `no-run`, `load` (what the run says against it), `run-silent`. */
  setLoad(load: string, perSecond: number): Promise<void>;
  /** The run's answer; `error`: why it cannot be. */
  answer(ask: number, error: string | null): void;
}

export interface RunAsksOptions {
  /** To the run that is on. False: there is none. */
  readonly pushToRun: (push: ControlPush) => boolean;
}

const patienceMs = 5_000;

export function createRunAsks({ pushToRun }: RunAsksOptions): RunAsks {
  const waiting = new Map<number, (error: string | null) => void>();
  let last = 0;
  return {
    setLoad: async (load, perSecond) => {
      last += 1;
      const ask = last;
      if (!pushToRun({ push: 'load', ask, load, perSecond })) throw noRun();
      const error = await new Promise<string | null>((resolve, reject) => {
        const timer = setTimeout(() => reject(silent()), patienceMs);
        waiting.set(ask, (said) => {
          clearTimeout(timer);
          resolve(said);
        });
      }).finally(() => waiting.delete(ask));
      if (error !== null) throw new SmartOrdersError('load', error, { exitCode: exitCodes.usage });
    },
    answer: (ask, error) => waiting.get(ask)?.(error),
  };
}

// --- internal ---

const noRun = (): SmartOrdersError =>
  new SmartOrdersError('no-run', 'no run is on, so there is no load to change', {
    hint: 'smartorders scenario run <name>, or smartorders dashboard --load 20/s',
  });

const silent = (): SmartOrdersError =>
  new SmartOrdersError('run-silent', 'the run that holds the fleet does not answer', {
    hint: 'try again; smartorders reset --force ends a run that hangs',
  });
