// With `--known` a pipeline goes red for what nobody knew of, and for nothing else, in every format that it gates on.
import { describe, expect, it } from 'vitest';
import { recorded } from '../../test/support/recorded.ts';
import { formats } from './formats.ts';
import { noAssets } from './testing/no-assets.ts';

const [failed, passed, inconclusive, errored] = (['failed', 'passed', 'inconclusive', 'errored'] as const).map(
  recorded,
);
const told = (name: string, run = passed, difference: string | null = null): string => {
  const format = formats.find((each) => each.name === name);
  if (format === undefined || run === undefined) throw new Error(`there is no ${name}`);
  return format.render({ runs: [run], notRun: [], differences: [difference] }, noAssets);
};
const red = {
  junit: /<failure|<error/,
  annotations: /^::(error|warning) /m,
  sarif: /"level": "(error|warning)"/,
} as const;
const gating = ['junit', 'annotations', 'sarif'] as const;

describe.each(gating)('as %s', (name) => {
  it.each([
    ['failed', failed],
    ['inconclusive', inconclusive],
    ['errored', errored],
    ['passed', passed],
  ])('a run that %s as it is known to is not red', (_, run) => {
    expect(told(name, run)).not.toMatch(red[name]);
  });

  it.each([
    ['failed', failed],
    ['inconclusive', inconclusive],
    ['passed', passed],
  ])('a run that %s and is known to end otherwise is an error, and says how', (_, run) => {
    const text = told(name, run, 'known to be aborted, but was not');
    const failures = { junit: /<failure/, annotations: /^::error /m, sarif: /"level": "error"/ } as const;

    expect(text).toMatch(failures[name]);
    if (run?.verdict !== 'failed') expect(text).toContain('known to be aborted, but was not');
  });

  it('what does not hold is told all the same', () => {
    expect(told(name, failed)).toContain('orders.success during outage');
  });
});

it('the summary shows what is not as known, and only names the rest', () => {
  const [known, unknown] = [told('summary', failed), told('summary', passed, 'known to be failed, but passed')];

  expect(known).toContain('✘ failed, as known');
  expect(known).not.toContain('###');
  expect(unknown).toContain('### short: ✔ passed, not as known\n\nknown to be failed, but passed');
});

it.each(['junit', 'annotations', 'sarif', 'summary'])('a series with --known, whole, as %s', async (name) => {
  const format = formats.find((each) => each.name === name);
  const runs = (['passed', 'failed', 'inconclusive', 'passed'] as const).map(recorded);
  const differences = [null, null, 'known to be passed, but inconclusive', 'known to be failed, but passed'];

  const text = format?.render({ runs, notRun: [], differences }, noAssets);
  await expect(text).toMatchFileSnapshot(`../../test/journals/told/known/${format?.file}`);
});
