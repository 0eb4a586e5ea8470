// Where in the file something is written, so that every complaint can point at it.

/** Both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** By path, e.g. `expect.thresholds[0]`, `fleet.links.order->payment.timeout` (links in canonical form). */
export type Positions = ReadonlyMap<string, Position>;

export interface Problem extends Position {
  readonly file: string;
  readonly message: string;
  readonly hint?: string;
  /** The source line. */
  readonly excerpt: string;
}
