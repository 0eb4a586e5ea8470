// What travels through a link: pieces of bytes with the time they were read, and at last an ending.

/** As the real server reads: latency queues count chunks, so the size decides how many bytes they can hold. */
export const largestChunkBytes = 32 * 1024;

export interface Chunk {
  readonly bytes: Uint8Array;
  /** Clock time of the read; a latency toxic moves it forward, so that latencies add up. */
  readonly readAt: number;
}

/** `half`: the source sent FIN and may still receive. `full`: the source is gone, nobody waits for an answer. */
export type Ending = 'half' | 'full';

export interface Sink {
  /** False asks to hold back. Advice: what is pushed all the same is kept, in order. */
  hasRoom(): boolean;
  push(chunk: Chunk): void;
  end(ending: Ending): void;
}

export function* splitIntoChunks(bytes: Uint8Array, readAt: number): Generator<Chunk> {
  for (let start = 0; start < bytes.length; start += largestChunkBytes) {
    yield { bytes: bytes.subarray(start, start + largestChunkBytes), readAt };
  }
}
