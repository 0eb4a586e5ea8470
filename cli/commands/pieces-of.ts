// A text file piece by piece: a journal may be larger than a string can be.
import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

/** Small enough to be thrown away at once: larger strings wait for the great garbage collection. */
const pieceBytes = 65_536;

export function* piecesOf(file: string): Generator<string> {
  const fd = openSync(file, 'r');
  const buffer = Buffer.alloc(pieceBytes);
  // A character may lie across the cut.
  const decoder = new StringDecoder('utf8');
  try {
    for (;;) {
      const length = readSync(fd, buffer);
      if (length === 0) break;
      yield decoder.write(buffer.subarray(0, length));
    }
    yield decoder.end();
  } finally {
    closeSync(fd);
  }
}
