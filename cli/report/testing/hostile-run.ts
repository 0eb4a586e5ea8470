// A run in which every text is what somebody might write who wants to break a report, or does not know that it would.
import { resultOf } from '../../verdict/result.ts';
import type { RunResult } from '../../verdict/run-result.ts';
import { simulate } from '../../verdict/testing/simulate.ts';

/** Words that decide what a text means, not texts: they stay. */
const words: ReadonlySet<string> = new Set([
  'verdict',
  'standing',
  'kind',
  'from',
  'to',
  'rule',
  'startedAt',
  'hash',
  'policies',
]);

export const hostileTexts = [
  '<script>alert(1)</script>',
  `"quoted" & 'quoted' &amp;`,
  'a\u0000b\u001b[31m\u007f\u0085c',
  '\u202eright to left\u2066',
  ']]> --> */',
  'two\r\nlines\n::error::forged\n# EOF',
  '::error file=a,line=1::forged',
  '100 % %0A %25 ##[error]forged',
  'a | b `c` [d](javascript:e) ```\n',
  'lone \ud800 surrogate \ufffe',
  '{"v":1}, C:\\path\\"',
] as const;

/** Every text is `text`; a run that failed, with evidence, breakers, faults and notes. */
export function hostileRun(text: string): RunResult {
  const run = resultOf(simulate({ opensAfter: 4, latenessMs: 80 }), { cutOff: false });
  const changed = { ...run, scenario: { ...run.scenario, vars: { [text]: text }, set: [text, text] } };
  return JSON.parse(
    JSON.stringify(changed, (key, value: unknown) =>
      typeof value === 'string' && !words.has(key) ? text : key === 'times' ? renamed(value, text) : value,
    ),
  );
}

const renamed = (value: unknown, name: string): unknown => ({ [name]: Object.values(Object(value))[0] });
