// Waits for a container, and says at once how it died if it does.
import { setTimeout as sleep } from 'node:timers/promises';
import { SmartOrdersError } from '../../errors.ts';
import { type Container, told } from './engine.ts';

export interface Waiting {
  readonly part: string;
  readonly container: Container;
  readonly tail: () => readonly string[];
  /** Default: the container's own health check. */
  readonly ask?: (() => Promise<boolean>) | undefined;
}

const pollMs = 50;
const patienceMs = 60_000;

export async function untilReady({ part, container, tail, ask }: Waiting): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    const { State: state } = await told(`looking at ${part}`, () => container.inspect());
    if (!state.Running) throw died(part, state.ExitCode, [...tail(), ...(state.Error === '' ? [] : [state.Error])]);
    if (ask === undefined ? state.Health?.Status === 'healthy' : await ask()) return;
    if (state.Health?.Status === 'unhealthy') throw unhealthy(part, state.Health.Log?.at(-1)?.Output ?? '', tail());
    await sleep(pollMs);
  }
  throw new SmartOrdersError('not-ready-in-time', `${part} was not ready within ${patienceMs / 1_000} s`, {
    hint: 'is the machine very busy? smartorders logs tells what it did',
  });
}

// --- internal ---

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `    ${line}`);

const died = (part: string, code: number, tail: readonly string[]): SmartOrdersError =>
  new SmartOrdersError(
    'died-during-start',
    [`the container of ${part} died while starting (exit code ${code})`, ...indented(tail)].join('\n'),
    { hint: 'the lines above are the end of its log' },
  );

const unhealthy = (part: string, check: string, tail: readonly string[]): SmartOrdersError =>
  new SmartOrdersError(
    'unhealthy',
    [`the container of ${part} runs, but its health check fails: ${check.trim()}`, ...indented(tail)].join('\n'),
    { hint: 'the lines above are the end of its log' },
  );
