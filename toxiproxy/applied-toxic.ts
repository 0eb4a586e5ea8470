// A toxic as a proxy carries it: named, on one stream, for a share of the connections. Immutable: an update is a new one.
import type { Toxic } from './toxics/toxic.ts';

export const streams = ['upstream', 'downstream'] as const;
/** `upstream`: from client to server. `downstream`: from server to client. */
export type Stream = (typeof streams)[number];

export interface AppliedToxic {
  readonly name: string;
  readonly stream: Stream;
  /** The stream in the letter case of the request, which answers repeat. */
  readonly streamAsWritten: string;
  /** Share of connections, 0..1; each connection draws once. */
  readonly toxicity: number;
  readonly toxic: Toxic;
}
