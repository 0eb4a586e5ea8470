// What a toxic is: attributes, and per connection a behaviour that answers each chunk with a list of moves.
// Behaviours are pure (time and chance come in) and touch no socket; stage.ts carries their moves out.
import type { Chunk } from '../chunk.ts';

export type Move =
  | { readonly kind: 'wait'; readonly ms: number }
  | PassMove
  /** Discards what is left of the chunk. */
  | { readonly kind: 'drop' }
  /** Ends the stream here: what was passed before still arrives, then the connection closes. */
  | { readonly kind: 'close' }
  /** Resets both sides at once. */
  | { readonly kind: 'reset' };

/** Hands on the first `bytes` of the chunk; `readAt` re-stamps them. */
export interface PassMove {
  readonly kind: 'pass';
  readonly bytes: number;
  readonly readAt?: number;
}

export const wait = (ms: number): Move => ({ kind: 'wait', ms });
export const pass = (bytes: number): PassMove => ({ kind: 'pass', bytes });
export const drop: Move = { kind: 'drop' };
export const close: Move = { kind: 'close' };
export const reset: Move = { kind: 'reset' };

/** What a toxic has done to one direction of one connection since it was added; survives updates. */
export interface Tally {
  readonly passedBytes: number;
  readonly droppedBytes: number;
}

/** One toxic at work on one direction of one connection. A wait is cut short when the toxic is updated or removed. */
export interface Behaviour {
  /** What happens to a chunk. Bytes that the moves leave over are passed on. */
  chunk?(chunk: Chunk, tally: Tally): Iterable<Move>;
  /** What happens before the end of input is passed on. */
  end?(): Iterable<Move>;
  /** What happens while there is no input; cut short by the next chunk. */
  idle?(tally: Tally): Iterable<Move>;
  /** Whether the connection must go when the toxic goes, since its stream is no longer whole. */
  leave?(tally: Tally): 'close' | 'reset' | undefined;
}

export interface ToxicContext {
  now(): number;
  /** Uniform in [0, 1). */
  random(): number;
}

/** A toxic with its attributes, not yet at work anywhere. Immutable. */
export interface Toxic {
  readonly type: string;
  readonly attributes: Readonly<Record<string, number>>;
  /** How many chunks may queue in front of it. */
  readonly queuedChunks: number;
  /** The same toxic with some attributes changed; names it does not know are ignored. */
  with(changes: ReadonlyMap<string, number>): Toxic;
  /** Why these attributes cannot work, if they cannot. */
  problem(): string | undefined;
  start(context: ToxicContext): Behaviour;
}

interface ToxicDefinition<Name extends string> {
  readonly type: string;
  readonly defaults: Readonly<Record<Name, number>>;
  /** Default 1: the sender is held back as soon as the toxic is busy. */
  readonly queuedChunks?: number;
  readonly problem?: (attributes: Readonly<Record<Name, number>>) => string | undefined;
  readonly start: (attributes: Readonly<Record<Name, number>>, context: ToxicContext) => Behaviour;
}

export function defineToxic<Name extends string>(definition: ToxicDefinition<Name>): Toxic {
  const { type, defaults, queuedChunks = 1, problem, start } = definition;
  const configure = (attributes: Readonly<Record<Name, number>>): Toxic => ({
    type,
    attributes,
    queuedChunks,
    with(changes) {
      const changed: Record<Name, number> = { ...attributes };
      for (const name in changed) changed[name] = changes.get(name) ?? changed[name];
      return configure(changed);
    },
    problem: () => problem?.(attributes),
    start: (context) => start(attributes, context),
  });
  return configure(defaults);
}
