// Every way in which a run can end, in every format, whole: out of journals that were recorded.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readJournal } from '../metrics/read-journal.ts';
import { resultOf } from '../verdict/result.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { formats } from './formats.ts';
import { onlyRun } from './run-series.ts';

const journals = '../../test/journals';

function recorded(name: string, change = (text: string): string => text): RunResult {
  const text = readFileSync(new URL(`${journals}/${name}.ndjson`, import.meta.url), 'utf8');
  const { events, ...journal } = readJournal(change(text));
  return resultOf(events, journal);
}

const aborted = (text: string): string =>
  text.replace('"reason":"interrupted"', '"reason":"aborted"').replace('by SIGINT', 'a stop condition');

const runs: Readonly<Record<string, RunResult>> = {
  passed: recorded('passed'),
  failed: recorded('failed'),
  inconclusive: recorded('inconclusive'),
  interrupted: recorded('interrupted'),
  aborted: recorded('interrupted', aborted),
  errored: recorded('errored'),
  manual: recorded('manual'),
};

describe.each(Object.entries(runs))('a run that was %s', (name, run) => {
  it.each(formats)('as $name', async ({ file, render }) => {
    await expect(render(onlyRun(run))).toMatchFileSnapshot(`${journals}/told/${name}/${file}`);
  });
});

it('each journal ends as it is called', () => {
  expect(Object.entries(runs).map(([name, { verdict }]) => [name, verdict])).toEqual([
    ['passed', 'passed'],
    ['failed', 'failed'],
    ['inconclusive', 'inconclusive'],
    ['interrupted', 'interrupted'],
    ['aborted', 'aborted'],
    ['errored', 'errored'],
    ['manual', 'inconclusive'],
  ]);
});

it.each(formats.filter(({ isSingle }) => isSingle !== true))('a series as $name', async ({ file, render }) => {
  const { passed, failed, interrupted } = runs;
  const all = [passed, failed, failed, interrupted].filter((run) => run !== undefined);

  await expect(render({ runs: all, notRun: ['steady'] })).toMatchFileSnapshot(`${journals}/told/series/${file}`);
});
