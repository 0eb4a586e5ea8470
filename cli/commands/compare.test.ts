import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../report/json.ts';
import { plain } from '../report/paint.ts';
import { onlyRun } from '../report/run-series.ts';
import { resultOf } from '../verdict/result.ts';
import { simulate } from '../verdict/testing/simulate.ts';
import { type CompareCommandOptions, compare } from './compare.ts';
import { type PlantedRuns, plantedRuns } from './testing/planted-runs.ts';

/** Five runs of the tiny scenario each, by how long orders take. */
const recorded = Object.entries({ base: 50, slow: 70, again: 50.05 }).flatMap(([name, takesMs]) =>
  [0, 1, 2, 3, 4].map((index) => {
    const result = resultOf(simulate({ takesMs: takesMs + index / 10 }), { cutOff: false });
    const run = `${name}-${index}`;
    return { run, report: JSON.parse(renderJson(onlyRun({ ...result, run }))) };
  }),
);

interface Place extends PlantedRuns {
  readonly lines: string[];
  compare(words: readonly string[], options?: Partial<CompareCommandOptions>): number;
}

function aPlace(): Place {
  const planted = plantedRuns();
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  for (const { run, report } of recorded) planted.plant(run, { report });
  return {
    ...planted,
    lines,
    compare: (words, options = {}) =>
      compare(
        words,
        { reports: planted.reports, ...options },
        {
          out: print,
          err: print,
          env: {},
          cwd: planted.reports,
          paint: plain,
        },
      ),
    [Symbol.dispose]: () => planted[Symbol.dispose](),
  };
}

describe('compare', () => {
  it.each([
    [['base'], ['again'], 0, /✔ same/],
    [['base'], ['slow'], 1, /✘ regressed {2}latency got worse/],
    [['slow'], ['base'], 0, /✔ improved {2}latency got better/],
    [['base-0', 'base-1'], ['slow'], 2, /\? not enough data/],
    [['base'], ['base-1'], 3, /not comparable: base-1 is in base and in head/],
  ])('%j with %j ends with %i', (base, head, exitCode, words) => {
    using place = aPlace();

    expect(place.compare(base, { head })).toBe(exitCode);
    expect(place.lines.join('\n')).toMatch(words);
  });

  it('takes a baseline file for the base', () => {
    using place = aPlace();
    const file = join(mkdtempSync(join(tmpdir(), 'smartorders-baseline-')), 'deep', 'base.json');
    try {
      expect(place.compare(['base'], { saveBaseline: file })).toBe(0);
      expect(place.lines.at(-1)).toMatch(/^wrote .*base\.json: 5 runs$/);
      expect(JSON.parse(readFileSync(file, 'utf8')).runs).toHaveLength(5);
      expect(place.compare([file], { head: ['slow'] })).toBe(1);
      writeFileSync(file, '{}');
      expect(() => place.compare([file], { head: ['slow'] })).toThrow(/is no baseline/);
    } finally {
      rmSync(join(file, '../..'), { recursive: true });
    }
  });

  it('speaks JSON and Markdown', () => {
    using place = aPlace();
    place.compare(['base'], { head: ['slow'], json: true });
    place.compare(['base'], { head: ['base'], json: true });
    place.compare(['base'], { head: ['slow'], markdown: '-' });

    expect(JSON.parse(place.lines[0] ?? '')).toMatchObject({ outcome: 'regressed', runs: { base: 5, head: 5 } });
    expect(JSON.parse(place.lines[1] ?? '')).toMatchObject({ outcome: 'not comparable' });
    expect(place.lines.at(-1)).toMatch(/^## tiny: ✘ regressed\n/);
  });

  it.each<[string, Partial<CompareCommandOptions>, RegExp]>([
    ['no head', {}, /no run of head is named/],
    ['an unknown figure', { head: ['slow'], gate: ['latncy'] }, /unknown figure "latncy"/],
    ['three that decide', { head: ['slow'], gate: ['latency,lost,degraded'] }, /at most 2 figures can decide/],
    ['no effect', { head: ['slow'], smallest: ['latency=20'] }, /--smallest latency=20 is no effect/],
  ])('refuses %s', (_, options, message) => {
    using place = aPlace();
    expect(() => place.compare(['base'], options)).toThrow(
      expect.objectContaining({ exitCode: 3, message: expect.stringMatching(message) }),
    );
  });

  it('lets the smallest effect be another, and other figures decide', () => {
    using place = aPlace();
    expect(place.compare(['base'], { head: ['slow'], smallest: ['latency=30ms,5%'] })).toBe(0);
    expect(place.compare(['base'], { head: ['slow'], gate: ['lost'] })).toBe(0);
    expect(place.compare(['base'], { head: ['slow'], gate: ['baseline.p50,lost'] })).toBe(1);
  });
});
