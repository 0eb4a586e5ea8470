// A link that answers as a test says and remembers what went over it.

import type { ProblemCode } from '../contract/problem.ts';
import type { LinkId } from '../fleet.ts';
import type { LinkAnswer, LinkRequest, LinkResult } from '../shared/link-result.ts';
import { problemOf } from '../shared/problem.ts';

export interface FakeLink {
  readonly id: LinkId;
  readonly requests: LinkRequest[];
  readonly call: (request: LinkRequest) => Promise<LinkResult>;
}

export function aLink(id: LinkId, ...results: readonly LinkResult[]): FakeLink {
  const requests: LinkRequest[] = [];
  return {
    id,
    requests,
    call: async (request) => {
      requests.push(request);
      const result = results[requests.length - 1] ?? results.at(-1);
      if (result === undefined) throw new Error(`nobody said what ${id} answers`);
      return result;
    },
  };
}

export const anAnswer = (status: number, body: unknown, headers: LinkAnswer['headers'] = {}): LinkAnswer => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/json', ...headers },
  text: JSON.stringify(body),
  body,
});

export function aProblem(code: ProblemCode, headers: LinkAnswer['headers'] = {}): LinkAnswer {
  const problem = problemOf(code);
  return anAnswer(problem.status, problem, { 'content-type': 'application/problem+json', ...headers });
}

export const refused: LinkResult = {
  kind: 'failed',
  failure: 'refused',
  error: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
};
export const timedOut: LinkResult = { kind: 'failed', failure: 'timeout', error: new Error('aborted') };
export const rejected: LinkResult = { kind: 'rejected', retryAfterMs: 8_200 };
