import { expect, it } from 'vitest';
import { plain } from '../report/paint.ts';
import { resultOf } from '../verdict/result.ts';
import { simulate } from '../verdict/testing/simulate.ts';
import { seriesLines } from './series.ts';

const passed = resultOf(simulate(), { cutOff: false });
const failed = resultOf(simulate({ opensAfter: 4 }), { cutOff: false });
const asOutcome = (result: typeof passed, difference: string | null = null) => ({ result, difference });

it('says nothing of one run, whose summary stands just above', () => {
  expect(seriesLines([asOutcome(passed)], { asKnown: false, of: 1 }, plain)).toEqual([]);
});

it('is a table where one is wanted, also of one run', () => {
  expect(seriesLines([asOutcome(passed)], { asKnown: false, of: 1, isTable: true }, plain)).toEqual([
    '',
    '1 of 1 scenarios',
    '  tiny  ✔ passed         13.05 s  all 11 expectations hold',
  ]);
});

it('of several says what each came to, what differs from what is known, and how many are missing', () => {
  const outcomes = [asOutcome(passed), asOutcome(failed, 'known to be passed, but failed')];

  expect(seriesLines(outcomes, { asKnown: true, of: 3 }, plain)).toEqual([
    '',
    '2 of 3 scenarios',
    '  tiny  ✔ passed         13.05 s  as known',
    '  tiny  ✘ failed         13.05 s  known to be passed, but failed',
    '  1 of 3 were not run',
  ]);
});
