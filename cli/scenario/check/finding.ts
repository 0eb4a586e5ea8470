// What a check says, and where in the file.
import type { Path } from '../positions.ts';

/** By convention `message` reads `what is wrong; what to do`. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
}
