// Every way in which a run can end, in every format, whole: out of journals that were recorded.
import { describe, expect, it } from 'vitest';
import { recorded, recordedRuns } from '../../test/support/recorded.ts';
import { formats } from './formats.ts';
import { onlyRun } from './run-series.ts';
import { noAssets } from './testing/no-assets.ts';

const told = '../../test/journals/told';

describe.each(recordedRuns)('a run that was %s', (name) => {
  it.each(formats)('as $name', async ({ file, render }) => {
    await expect(render(onlyRun(recorded(name)), noAssets)).toMatchFileSnapshot(`${told}/${name}/${file}`);
  });
});

it('each journal ends as it is called', () => {
  expect(recordedRuns.map((name) => [name, recorded(name).verdict])).toEqual([
    ['passed', 'passed'],
    ['failed', 'failed'],
    ['inconclusive', 'inconclusive'],
    ['interrupted', 'interrupted'],
    ['manual', 'inconclusive'],
    ['errored', 'errored'],
    ['aborted', 'aborted'],
  ]);
});

it.each(formats.filter(({ isSingle }) => isSingle !== true))('a series as $name', async ({ file, render }) => {
  const runs = (['passed', 'failed', 'failed', 'interrupted'] as const).map(recorded);

  await expect(render({ runs, notRun: ['steady'] }, noAssets)).toMatchFileSnapshot(`${told}/series/${file}`);
});
