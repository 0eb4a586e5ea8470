import { describe, expect, it } from 'vitest';
import { complaint, findingsOfReport, findingsOfTests } from './findings.ts';

const line = (id: string, standing: string, reason?: string) => ({
  id,
  kind: id.split('/')[0],
  title: `title of ${id}`,
  standing,
  ...(reason === undefined ? {} : { reason }),
});

describe('the findings of a report', () => {
  it('are its judgements that are not passed, in its order', () => {
    const judgements = [
      line('threshold/1', 'passed'),
      line('breaker/a->b/path', 'failed'),
      line('recovery', 'inconclusive', 'too few samples'),
    ];
    expect(findingsOfReport({ verdict: 'failed', judgements })).toEqual(['breaker/a->b/path', 'recovery']);
  });

  it('leave out what is in doubt only for want of evidence', () => {
    const doubt = 'title of dose/outage/1: no attempt met it';
    const judgements = [
      line('threshold/1', 'inconclusive', doubt),
      line('recovery', 'inconclusive', doubt),
      line('dose/outage/1', 'inconclusive', 'no attempt met it'),
      line('record', 'inconclusive', 'events were lost'),
    ];
    expect(findingsOfReport({ verdict: 'inconclusive', judgements })).toEqual(['dose/outage/1', 'record']);
  });

  it('are the verdict where no judgement explains it', () => {
    expect(findingsOfReport({ verdict: 'errored', judgements: [] })).toEqual(['verdict/errored']);
    expect(findingsOfReport({ verdict: 'passed', judgements: [line('recovery', 'passed')] })).toEqual([]);
  });
});

describe('the findings of tests', () => {
  const test = (title: string, status: string) => ({ ancestorTitles: ['group'], title, status });

  it('are those that failed, with their groups', () => {
    const assertionResults = [test('a', 'passed'), test('b', 'failed'), test('c', 'skipped'), test('d', 'failed')];
    expect(findingsOfTests({ testResults: [{ status: 'failed', assertionResults }] })).toEqual([
      'group > b',
      'group > d',
    ]);
  });

  it('are never nothing where nothing was run', () => {
    expect(findingsOfTests({ testResults: [] })).toEqual(['no test was run']);
    const broken = { status: 'failed', message: 'SyntaxError', assertionResults: [] };
    expect(findingsOfTests({ testResults: [broken] })).toEqual(['could not be loaded: SyntaxError']);
  });
});

describe('a mutant', () => {
  const demand = { finding: 'a', follows: ['b'], code: 2 };

  it('is caught by its finding, first, with the listed follow-ons', () => {
    expect(complaint({ red: ['a'], code: 2 }, demand)).toBeNull();
    expect(complaint({ red: ['a', 'b'], code: 2 }, demand)).toBeNull();
  });

  it.each([
    [{ red: [], code: 2 }, 'nothing noticed it; expected a'],
    [{ red: ['b', 'a'], code: 2 }, 'first finding is b, not a'],
    [{ red: ['a', 'c'], code: 2 }, 'follow-on findings that are not listed: c'],
    [{ red: ['a'], code: 1 }, 'exit code is 1, not 2'],
  ])('is not caught by %j', (findings, words) => {
    expect(complaint(findings, demand)).toBe(words);
  });
});
