import { describe, expect, it } from 'vitest';
import { reportOption } from '../program/arguments.ts';
import { formats, type ReportFormat } from './formats.ts';
import { ciRequests, parseRequests, type ReportRequest, standardRequests } from './requested.ts';

const told = (requests: readonly ReportRequest[] | string): unknown =>
  typeof requests === 'string' ? requests : requests.map(({ format, path }) => [format.name, path]);

describe('--report', () => {
  it('names formats, with a place where one is wanted', () => {
    expect(told(parseRequests(['json,junit:out/j.xml', 'md:-'], 3))).toEqual([
      ['json', null],
      ['junit', 'out/j.xml'],
      ['md', '-'],
    ]);
  });

  it('lets a path have colons, and prints annotations where GitHub reads them', () => {
    expect(told(parseRequests(['summary:-,annotations'], 1))).toEqual([
      ['summary', '-'],
      ['annotations', '-'],
    ]);
    expect(told(parseRequests(['sarif:C:\\a.sarif, annotations'], 1))).toEqual([
      ['sarif', 'C:\\a.sarif'],
      ['annotations', '-'],
    ]);
  });

  it.each([
    ['jnuit', 'unknown format "jnuit"; did you mean "junit"?'],
    ['', 'no format is named; there are json, junit, md, html, summary, sarif, openmetrics, annotations'],
    ['junit:', 'junit: is followed by no path; write junit:path, or junit alone'],
    ['json:-,md:-', 'only one format can go to stdout, not json and md; name a file for the others'],
  ])('%s: says what is wrong', (text, problem) => {
    expect(parseRequests([text], 1)).toBe(problem);
  });

  it('is json, junit, md and html where it is not given', () => {
    expect(told(standardRequests)).toEqual([
      ['json', null],
      ['junit', null],
      ['md', null],
      ['html', null],
    ]);
  });

  it('of --ci is every file of each run, and one of all for what a pipeline picks up', () => {
    expect(told(ciRequests('out'))).toEqual([
      ...formats.filter(({ name }) => name !== 'annotations').map(({ name }) => [name, null]),
      ['junit', 'out/junit.xml'],
      ['summary', 'out/summary.md'],
      ['sarif', 'out/report.sarif'],
      ['openmetrics', 'out/metrics.prom'],
    ]);
  });

  it('is explained by the names of all formats', () => {
    expect(reportOption[1].split(', each')[0]).toBe(formats.map(({ name }) => name).join(', '));
  });

  it('knows every format by a name and a file of its own', () => {
    const own = (of: (format: ReportFormat) => string) => new Set(formats.map(of)).size;

    expect([own(({ name }) => name), own(({ file }) => file)]).toEqual([formats.length, formats.length]);
  });
});
