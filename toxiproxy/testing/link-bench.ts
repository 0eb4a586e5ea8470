// A link without sockets, in virtual time: what it hands on is recorded with the time it came.
import type { AppliedToxic } from '../applied-toxic.ts';
import type { Chunk, Ending, Sink } from '../chunk.ts';
import { Link } from '../link.ts';
import { toxicsByType } from '../toxics/by-type.ts';
import { ManualClock } from './manual-clock.ts';

type Happening = readonly [atMs: number, what: string];

interface ToxicOptions {
  readonly type: string;
  readonly attributes?: Readonly<Record<string, number>>;
  readonly name?: string;
  readonly toxicity?: number;
}

export function aToxic({ type, attributes = {}, name = type, toxicity = 1 }: ToxicOptions): AppliedToxic {
  const blank = toxicsByType.get(type);
  if (blank === undefined) throw new Error(`no toxic ${type}`);
  const toxic = blank.with(new Map(Object.entries(attributes)));
  return { name, stream: 'downstream', streamAsWritten: 'downstream', toxicity, toxic };
}

interface BenchOptions {
  readonly toxics?: readonly AppliedToxic[];
  readonly random?: () => number;
}

export class LinkBench {
  readonly clock = new ManualClock();
  readonly link: Link;
  /** Piece by piece: when, and how many bytes or which end. */
  readonly log: Happening[] = [];
  readonly #output: Uint8Array[] = [];
  isSourcePaused = false;
  hasRoom = true;

  constructor({ toxics = [], random = () => 0.5 }: BenchOptions = {}) {
    const sink: Sink = {
      hasRoom: () => this.hasRoom,
      push: ({ bytes }: Chunk) => {
        this.#output.push(bytes);
        this.#note(String(bytes.length));
      },
      end: (ending: Ending) => this.#note(ending),
    };
    const source = {
      pause: () => {
        this.isSourcePaused = true;
      },
      resume: () => {
        this.isSourcePaused = false;
      },
    };
    this.link = new Link({ source, sink, toxics, clock: this.clock, random, onReset: () => this.#note('reset') });
  }

  get output(): string {
    return Buffer.concat(this.#output).toString('latin1');
  }

  send(text: string): void {
    this.link.receive(Buffer.from(text, 'latin1'));
  }

  sendBytes(count: number): void {
    this.link.receive(Buffer.alloc(count));
  }

  /** The sink has room from now on. */
  drain(): void {
    this.hasRoom = true;
    this.link.advance();
  }

  #note(what: string): void {
    this.log.push([this.clock.now(), what]);
  }
}
