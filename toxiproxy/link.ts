// One direction of one connection:
//
//   source ──▶ stage ──▶ stage ──▶ … ──▶ sink        one stage a toxic of this stream, in the order of creation
//     ◀── pause / resume ── room behind? ──┘          without toxics the source writes straight into the sink
//
// Toxics come, change and go while bytes are under way, and no byte is lost or overtaken by it. Knows no sockets.
import type { AppliedToxic } from './applied-toxic.ts';
import { type Ending, type Sink, splitIntoChunks } from './chunk.ts';
import type { Clock } from './clock.ts';
import { Stage } from './stage.ts';

export interface Source {
  pause(): void;
  resume(): void;
}

export interface LinkOptions {
  readonly source: Source;
  readonly sink: Sink;
  readonly toxics: readonly AppliedToxic[];
  readonly clock: Clock;
  readonly random: () => number;
  /** A toxic wants both sides of the connection reset. */
  readonly onReset: () => void;
}

export class Link {
  readonly #options: LinkOptions;
  readonly #output: Sink;
  readonly #stages: Stage[] = [];
  #isSourcePaused = false;
  /** The chain is being changed: nobody may move bytes through it in the meantime. */
  #isChanging = false;
  /** The end of the stream has left the chain, or it was stopped. */
  #isOver = false;
  #isStopped = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    const { sink } = options;
    this.#output = {
      hasRoom: () => sink.hasRoom(),
      push: (chunk) => {
        if (!this.#isOver) sink.push(chunk);
      },
      end: (ending) => {
        this.#isOver = true;
        sink.end(ending);
      },
    };
    for (const toxic of options.toxics) this.add(toxic);
  }

  receive(bytes: Uint8Array): void {
    if (this.#isStopped) return;
    const readAt = this.#options.clock.now();
    const [first] = this.#stages;
    if (first === undefined) this.#output.push({ bytes, readAt });
    else for (const chunk of splitIntoChunks(bytes, readAt)) first.push(chunk);
    this.#regulateSource();
  }

  end(ending: Ending): void {
    if (!this.#isStopped) this.#head().end(ending);
  }

  /** To be called when the sink has room again. */
  readonly advance = (): void => {
    if (this.#isChanging || this.#isStopped) return;
    for (const stage of this.#stages.toReversed()) stage.run();
    this.#regulateSource();
  };

  add(toxic: AppliedToxic): void {
    if (this.#isOver) return;
    const { clock, random, onReset } = this.#options;
    const stage = new Stage({ toxic, next: this.#output, clock, random, onRoom: this.advance, onReset });
    const last = this.#stages.at(-1);
    if (last !== undefined) last.next = stage;
    this.#stages.push(stage);
    stage.run();
    this.advance();
  }

  update(toxic: AppliedToxic): void {
    const stage = this.#find(toxic.name);
    if (stage !== undefined) this.#change(() => stage.update(toxic));
  }

  remove(name: string): void {
    const stage = this.#find(name);
    if (stage === undefined) return;
    this.#change(() => {
      const index = this.#stages.indexOf(stage);
      const before = this.#stages[index - 1];
      stage.remove();
      if (before !== undefined) before.next = stage.next;
      this.#stages.splice(index, 1);
    });
  }

  /** There is nobody left to receive: the source is read only to see its end. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#isOver = true;
    for (const stage of this.#stages) stage.stop();
    this.#options.source.resume();
  }

  #head(): Sink {
    return this.#stages[0] ?? this.#output;
  }

  #find(name: string): Stage | undefined {
    return this.#stages.find((stage) => stage.name === name);
  }

  #change(change: () => void): void {
    this.#isChanging = true;
    change();
    this.#isChanging = false;
    this.advance();
  }

  #regulateSource(): void {
    const isFull = !this.#head().hasRoom();
    if (isFull === this.#isSourcePaused) return;
    this.#isSourcePaused = isFull;
    if (isFull) this.#options.source.pause();
    else this.#options.source.resume();
  }
}
