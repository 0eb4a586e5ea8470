// One toxic at work on one direction of one connection: takes chunks in, carries out the moves of the toxic's behaviour.
// It knows neither sockets nor its neighbours, except for the sink behind it.
import type { AppliedToxic } from './applied-toxic.ts';
import type { Chunk, Ending, Sink } from './chunk.ts';
import type { Clock } from './clock.ts';
import { passThrough } from './toxics/noop.ts';
import { type Behaviour, type Move, type PassMove, pass, type Tally } from './toxics/toxic.ts';

export interface StageOptions {
  readonly toxic: AppliedToxic;
  readonly next: Sink;
  readonly clock: Clock;
  readonly random: () => number;
  /** The queue has room again after it had none. */
  readonly onRoom: () => void;
  readonly onReset: () => void;
}

type Work =
  | { readonly kind: 'chunk'; readonly moves: Iterator<Move>; rest: Chunk }
  | { readonly kind: 'idle'; readonly moves: Iterator<Move> }
  | { readonly kind: 'end'; readonly moves: Iterator<Move> };

export class Stage implements Sink, Tally {
  next: Sink;
  passedBytes = 0;
  droppedBytes = 0;
  readonly #options: StageOptions;
  /** Drawn once, so that a connection does not change sides each time a toxic near it is touched. */
  readonly #draw: number;
  #toxic: AppliedToxic;
  #behaviour: Behaviour;
  readonly #queue: Chunk[] = [];
  #ending: Ending | undefined;
  #work: Work | undefined;
  /** A move that waits for room behind. */
  #blockedMove: Move | undefined;
  #cancelWait: (() => void) | undefined;
  #isRunning = false;
  /** The end of the stream has been passed on, or nobody needs it any more. */
  #isOver = false;

  constructor(options: StageOptions) {
    this.#options = options;
    this.next = options.next;
    this.#toxic = options.toxic;
    this.#draw = options.random();
    this.#behaviour = this.#startBehaviour();
  }

  get name(): string {
    return this.#toxic.name;
  }

  hasRoom(): boolean {
    return this.#isOver || this.#queue.length < this.#toxic.toxic.queuedChunks;
  }

  push(chunk: Chunk): void {
    if (this.#isOver || this.#ending !== undefined) return;
    this.#queue.push(chunk);
    this.#takeInput();
  }

  end(ending: Ending): void {
    if (this.#ending !== 'full') this.#ending = ending;
    if (this.#isOver) this.next.end(ending);
    else this.#takeInput();
  }

  /** Does all that can be done now. */
  run(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (!this.#isOver && this.#cancelWait === undefined && this.#advance());
    this.#isRunning = false;
  }

  /** Releases what is being delayed; what has not begun its delay meets the new values. */
  update(toxic: AppliedToxic): void {
    const wasActive = this.#isActive();
    this.#toxic = toxic;
    if (this.#isOver || (wasActive && !this.#isActive() && this.#closeByLeaving())) return;
    const isDelayed = this.#cancelWait !== undefined;
    const rest = this.#abandonWork();
    if (rest !== undefined) {
      if (isDelayed) this.#passOn(rest);
      else this.#queue.unshift(rest);
    }
    this.#behaviour = this.#startBehaviour();
    this.run();
  }

  /** Releases everything at once, in order. Nothing may be pushed afterwards. */
  remove(): void {
    if (this.#isOver || this.#closeByLeaving()) return;
    const rest = this.#abandonWork();
    this.#isOver = true;
    if (rest !== undefined) this.#passOn(rest);
    for (const chunk of this.#queue.splice(0)) this.#passOn(chunk);
    if (this.#ending !== undefined) this.next.end(this.#ending);
  }

  /** Drops everything: there is nobody left to receive it. */
  stop(): void {
    this.#abandonWork();
    this.#queue.length = 0;
    this.#isOver = true;
  }

  #isActive(): boolean {
    return this.#draw < this.#toxic.toxicity;
  }

  #startBehaviour(): Behaviour {
    const { clock, random } = this.#options;
    return this.#isActive() ? this.#toxic.toxic.start({ now: clock.now, random }) : passThrough;
  }

  #takeInput(): void {
    if (this.#work?.kind === 'idle') this.#abandonWork();
    this.run();
  }

  /** One move. False: nothing more can be done now. */
  #advance(): boolean {
    this.#work ??= this.#nextWork();
    const work = this.#work;
    if (work === undefined) return false;
    const move = this.#blockedMove ?? nextMove(work);
    this.#blockedMove = undefined;
    switch (move?.kind) {
      case undefined:
        return this.#finish(work);
      case 'wait':
        return this.#wait(move.ms);
      case 'pass':
        return this.#pass(work, move);
      case 'drop':
        this.#drop(work);
        return true;
      case 'close':
        this.#close();
        return false;
      case 'reset':
        this.#options.onReset();
        return false;
      default:
        return move satisfies never;
    }
  }

  #nextWork(): Work | undefined {
    const hadRoom = this.hasRoom();
    const chunk = this.#queue.shift();
    if (chunk !== undefined) {
      if (!hadRoom && this.hasRoom()) this.#options.onRoom();
      return { kind: 'chunk', rest: chunk, moves: iterate(this.#behaviour.chunk?.(chunk, this)) };
    }
    if (this.#ending !== undefined) return { kind: 'end', moves: iterate(this.#behaviour.end?.()) };
    return { kind: 'idle', moves: iterate(this.#behaviour.idle?.(this)) };
  }

  #finish(work: Work): boolean {
    switch (work.kind) {
      case 'chunk':
        if (work.rest.bytes.length > 0) return this.#pass(work, pass(work.rest.bytes.length));
        this.#work = undefined;
        return true;
      case 'idle':
        return false;
      case 'end':
        this.#work = undefined;
        this.#isOver = true;
        if (this.#ending !== undefined) this.next.end(this.#ending);
        return false;
      default:
        return work satisfies never;
    }
  }

  #wait(ms: number): boolean {
    if (ms <= 0) return true;
    this.#cancelWait = Number.isFinite(ms)
      ? this.#options.clock.setTimer(ms, () => {
          this.#cancelWait = undefined;
          this.run();
        })
      : () => {};
    return false;
  }

  #pass(work: Work, move: PassMove): boolean {
    if (work.kind !== 'chunk') return true;
    if (!this.next.hasRoom()) {
      this.#blockedMove = move;
      return false;
    }
    const { bytes, readAt } = work.rest;
    work.rest = { bytes: bytes.subarray(move.bytes), readAt };
    this.#passOn({ bytes: bytes.subarray(0, move.bytes), readAt: move.readAt ?? readAt });
    return true;
  }

  #passOn(chunk: Chunk): void {
    this.passedBytes += chunk.bytes.length;
    this.next.push(chunk);
  }

  #drop(work: Work): void {
    if (work.kind !== 'chunk') return;
    this.droppedBytes += work.rest.bytes.length;
    work.rest = { bytes: work.rest.bytes.subarray(0, 0), readAt: work.rest.readAt };
  }

  #close(): void {
    this.stop();
    this.next.end('full');
  }

  /** Whether the connection goes with the toxic. */
  #closeByLeaving(): boolean {
    const farewell = this.#behaviour.leave?.(this);
    if (farewell === 'close') this.#close();
    if (farewell === 'reset') this.#options.onReset();
    return farewell !== undefined;
  }

  /** Stops what is going on; what is left of the chunk in work is the caller's to save. */
  #abandonWork(): Chunk | undefined {
    const work = this.#work;
    this.#cancelWait?.();
    this.#cancelWait = undefined;
    this.#blockedMove = undefined;
    this.#work = undefined;
    return work?.kind === 'chunk' && work.rest.bytes.length > 0 ? work.rest : undefined;
  }
}

const iterate = (moves: Iterable<Move> = []): Iterator<Move> => moves[Symbol.iterator]();

function nextMove({ moves }: Work): Move | undefined {
  const step = moves.next();
  return step.done === true ? undefined : step.value;
}
