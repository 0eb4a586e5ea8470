// Does nothing; also what a connection gets on which another toxic's toxicity was not drawn.
import { type Behaviour, defineToxic } from './toxic.ts';

export const passThrough: Behaviour = {};

export const noop = defineToxic({ type: 'noop', defaults: {}, start: () => passThrough });
