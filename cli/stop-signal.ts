// Ctrl-C and its like: the first asks to stop and undo, the second leaves at once (the keeper then undoes).
import { SmartOrdersError } from './errors.ts';
import { type StopSignal, signalExitCodes } from './exit-codes.ts';

export interface Stopper extends Disposable {
  /** Aborted by the first signal, with an `Interruption` as its reason. */
  readonly signal: AbortSignal;
  /** The first signal, once there was one. */
  received(): StopSignal | null;
}

/** The reason of a stop: reads as a runner's `Stop`. */
export interface Interruption {
  readonly reason: 'interrupted';
  readonly detail: string;
}

/** One Ctrl-C can arrive twice: from the terminal, and passed on by npx. Nobody presses it twice within this time, ms. */
const echoMs = 300;

export function watchSignals(say: (line: string) => void): Stopper {
  const controller = new AbortController();
  let first: StopSignal | null = null;
  let firstAt = 0;
  function stop(signal: StopSignal): void {
    if (first !== null && performance.now() - firstAt < echoMs) return;
    if (first !== null) process.exit(signalExitCodes[signal]);
    first = signal;
    firstAt = performance.now();
    say(`\n${signal}: stopping, undoing every fault (once more leaves at once)`);
    controller.abort({ reason: 'interrupted', detail: `by ${signal}` } satisfies Interruption);
  }
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const listeners = names.map((name) => ({ name, listener: () => stop(name) }));
  for (const { name, listener } of listeners) process.on(name, listener);
  // The wrapper that found a newer Node was killed: nobody waits for us any more.
  const orphaned = (): void => stop('SIGHUP');
  process.on('disconnect', orphaned);
  process.channel?.unref();
  if (process.connected === false) orphaned();
  return {
    signal: controller.signal,
    received: () => first,
    [Symbol.dispose]: () => {
      for (const { name, listener } of listeners) process.off(name, listener);
      process.off('disconnect', orphaned);
    },
  };
}

/** What a command throws that was stopped before it had anything to report. */
export const interrupted = (signal: StopSignal): SmartOrdersError =>
  new SmartOrdersError('interrupted', `stopped by ${signal}; nothing is left running`, {
    exitCode: signalExitCodes[signal],
  });
