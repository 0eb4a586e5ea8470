import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { portsFrom } from '../../services/fleet.ts';
import { SmartOrdersError } from '../errors.ts';
import { fleetPaths } from '../fleet/paths.ts';
import { refTo } from '../fleet/pid.ts';
import { claimState, type FleetState } from '../fleet/state.ts';
import { plain } from '../report/paint.ts';
import type { Terminal } from '../terminal.ts';
import { findRun } from './find-run.ts';
import { entryOf, runFoldersIn } from './run-folders.ts';
import { indexRuns } from './runs-index.ts';
import { runLines } from './runs-list.ts';
import { pruneRuns, type RunsPruneOptions } from './runs-prune.ts';
import { plantedRuns } from './testing/planted-runs.ts';

const day = (number: number): string => `2026-11-0${number}T10:00:00.000Z`;
const passed = { verdict: 'passed', reason: 'all 9 expectations hold', durationMs: 23_456 };

describe('the list of runs', () => {
  it('is the newest first, judged by report.json or else by the ends of the journal', () => {
    using runs = plantedRuns();
    runs.plant('judged', { startedAt: day(1), scenario: 'payment-outage', report: passed });
    runs.plant('cut', { startedAt: day(2), ended: null });
    runs.plant('stopped', { startedAt: day(3), ended: 'interrupted' });
    runs.plant('unjudged', { startedAt: day(4) });
    const entries = runFoldersIn(runs.reports).map(entryOf);
    expect(runLines(entries, plain, undefined)).toMatchInlineSnapshot(`
      [
        "run       scenario        verdict      started (UTC)     length  reason",
        "unjudged  calm            not judged   2026-11-04 10:00  30 s    there is no report.json",
        "stopped   calm            interrupted  2026-11-03 10:00  30 s    there is no report.json",
        "cut       calm            cut off      2026-11-02 10:00  2 s     its journal has no end",
        "judged    payment-outage  passed       2026-11-01 10:00  23.5 s  all 9 expectations hold",
      ]
    `);
  });

  it('cuts reasons at the width of the terminal, and never to nothing', () => {
    using runs = plantedRuns();
    runs.plant('judged', { report: passed });
    const entries = runFoldersIn(runs.reports).map(entryOf);
    const [, line = ''] = runLines(entries, plain, 65);
    expect(line).toHaveLength(65);
    expect(line).toMatch(/…$/);
    expect(runLines(entries, plain, 10)[1]).toMatch(/all 9 expec…$/);
  });

  it('holds nothing that only looks like a run', () => {
    using runs = plantedRuns();
    const real = runs.plant('real');
    symlinkSync(real, join(runs.reports, 'link'));
    mkdirSync(join(runs.reports, 'empty'));
    mkdirSync(join(runs.reports, 'linked-journal'));
    symlinkSync(join(real, 'journal.ndjson'), join(runs.reports, 'linked-journal', 'journal.ndjson'));
    mkdirSync(join(runs.reports, 'other'));
    writeFileSync(join(runs.reports, 'other', 'journal.ndjson'), '{"type":"phase","at":0}\n');
    writeFileSync(join(runs.reports, 'README.md'), '');
    mkdirSync(join(runs.reports, 'sample'));
    writeFileSync(join(runs.reports, 'sample', 'report.html'), '');
    expect(runFoldersIn(runs.reports).map(({ run }) => run)).toEqual(['real']);
    expect(runFoldersIn(join(runs.reports, 'nowhere'))).toEqual([]);
  });

  it('reads the journal where report.json is damaged', () => {
    using runs = plantedRuns();
    writeFileSync(join(runs.plant('broken'), 'report.json'), '{"verdict":');
    expect(runFoldersIn(runs.reports).map(entryOf)).toMatchObject([{ verdict: 'not judged', durationMs: 30_000 }]);
  });
});

describe('the index of runs', () => {
  it('tells of every run what its report.json and its journal tell, with the way to its page', () => {
    using runs = plantedRuns();
    const duration = { n: 9, p50: 1, p95: 2, max: 4 };
    const phases = [
      { name: 'warmup', judged: false, planned: 9, counts: { success: 0 }, duration: { ...duration, p99: 999 } },
      { name: 'calm', judged: true, planned: 20, counts: { success: 15 }, duration: { ...duration, p99: 30 } },
      { name: 'idle', judged: true, planned: 0, counts: { success: 0 }, duration: { ...duration, n: 0, p99: 70 } },
    ];
    const times = {
      'order->payment': { faultToOpenMs: 120, faultEndToClosedMs: null },
      'order->user': { faultToOpenMs: 90 },
    };
    writeFileSync(
      join(runs.plant('judged #1', { startedAt: day(2), report: { ...passed, phases, times } }), 'report.html'),
      '',
    );
    runs.plant('cut', { startedAt: day(1), ended: null });
    const lines: string[] = [];
    const out = (line: string): void => void lines.push(line);
    indexRuns({ reports: '.' }, { out, err: out, env: {}, cwd: runs.reports, paint: plain });
    const page = readFileSync(join(runs.reports, 'index.html'), 'utf8');
    const rows = [...page.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) => row.replaceAll(/(<[^>]*>)+/g, '|'));

    expect(lines).toEqual([`2 runs in ${join(runs.reports, 'index.html')}`]);
    expect(rows.at(-2)).toBe(
      '|✔ passed|judged #1|calm|2026-11-02 10:00:00 UTC|23.5 s|75 %|30 ms|120 ms|–|all 9 expectations hold|',
    );
    expect(rows.at(-1)).toBe('|? cut off|cut|calm|2026-11-01 10:00:00 UTC|2 s|–|–|–|–|its journal has no end|');
    expect(page).toContain('<a href="./judged%20%231/report.html">');
    // It lies beside the runs and is none.
    expect(runFoldersIn(runs.reports)).toHaveLength(2);
  });

  it('says where it cannot be written', () => {
    const nowhere = { out: () => {}, err: () => {}, env: {}, cwd: '/', paint: plain };
    const error = refusal(() => indexRuns({ reports: '/nowhere/at-all' }, nowhere));
    expect(error).toMatchObject({ code: 'reports', hint: expect.stringMatching(/--reports/) });
  });
});

describe('a run on the command line', () => {
  it.each(['calm-1', 'calm-1/', './calm-1', 'calm-1/journal.ndjson', 'calm-1-', 'calm-10', 'pay', 'latest'])(
    '%s',
    (word) => {
      using runs = plantedRuns();
      runs.plant('calm-1', { startedAt: day(1) });
      runs.plant('calm-1-b', { startedAt: day(2) });
      runs.plant('calm-10', { startedAt: day(3) });
      runs.plant('payment-outage-1', { startedAt: day(4) });
      const { folder, journal } = findRun(word, { reports: runs.reports, cwd: runs.reports });
      const meant = {
        'calm-1-': 'calm-1-b',
        'calm-10': 'calm-10',
        pay: 'payment-outage-1',
        latest: 'payment-outage-1',
      };
      const expected = Object.entries(meant).find(([key]) => key === word)?.[1] ?? 'calm-1';
      expect({ folder, journal }).toEqual({
        folder: join(runs.reports, expected),
        journal: join(runs.reports, expected, 'journal.ndjson'),
      });
    },
  );

  it.each([
    ['calm', /2 runs begin with calm/, /calm-2, calm-1/],
    ['calm-3', /no journal of calm-3/, /did you mean calm-[12]/],
    ['latst', /no journal of latst/, /did you mean latest/],
    ['something-else-altogether', /no journal/, /the newest is calm-2/],
  ])('%s is refused with what could be meant', (word, message, hint) => {
    using runs = plantedRuns();
    runs.plant('calm-1', { startedAt: day(1) });
    runs.plant('calm-2', { startedAt: day(2) });
    expect(refusal(() => findRun(word, { reports: runs.reports, cwd: runs.reports }))).toMatchObject({
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
      exitCode: 3,
    });
  });

  it('is refused where there is none at all', () => {
    using runs = plantedRuns();
    const error = refusal(() => findRun('latest', { reports: runs.reports, cwd: runs.reports }));
    expect(error?.hint).toMatch(/there is no run in/);
  });
});

function refusal(act: () => unknown): SmartOrdersError | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof SmartOrdersError) return error;
    throw error;
  }
}

/** What `runs prune` prints. `running`: the run that holds a fleet which is up. */
function prune(options: RunsPruneOptions, running?: string): readonly string[] {
  const state = mkdtempSync(join(tmpdir(), 'smartorders-state-'));
  if (running !== undefined) claimState(fleetPaths('busy', { XDG_STATE_HOME: state }).stateFile, aFleetWith(running));
  const lines: string[] = [];
  const out = (line: string): void => void lines.push(line);
  const terminal: Terminal = { out, err: out, env: { XDG_STATE_HOME: state }, cwd: '/', paint: plain };
  try {
    pruneRuns(options, terminal);
    return lines;
  } finally {
    rmSync(state, { recursive: true });
  }
}

/** A fleet whose keeper is this very process. */
const aFleetWith = (run: string): FleetState => ({
  ...({ v: 1, name: 'busy', driver: 'process', ephemeral: false, phase: 'up', keeper: refTo(process.pid) } as const),
  ...{ controlPort: 1, token: '', ports: portsFrom(5_000), processes: {}, folders: [], logs: '', startedAt: day(1) },
  run,
});

describe('pruning', () => {
  it('keeps the newest and says what went and what was freed', () => {
    using runs = plantedRuns();
    for (const number of [1, 2, 3]) runs.plant(`calm-${number}`, { startedAt: day(number), report: passed });
    const lines = prune({ reports: runs.reports, keep: 2 });
    expect([1, 2, 3].map((number) => runs.has(`calm-${number}`))).toEqual([false, true, true]);
    expect(lines).toEqual([
      expect.stringMatching(/^removed calm-1 \(\d+ kB\)$/),
      expect.stringMatching(/^1 run removed, \d+ kB freed$/),
    ]);
  });

  it('with both limits removes only what exceeds both', () => {
    using runs = plantedRuns();
    runs.plant('old-1', { startedAt: day(1) });
    runs.plant('old-2', { startedAt: day(2) });
    runs.plant('new', { startedAt: new Date().toISOString() });
    prune({ reports: runs.reports, keep: 2, olderThan: 86_400_000 });
    expect([runs.has('old-1'), runs.has('old-2'), runs.has('new')]).toEqual([false, true, true]);
    prune({ reports: runs.reports, olderThan: 86_400_000 });
    expect([runs.has('old-2'), runs.has('new')]).toEqual([false, true]);
  });

  it('removes nothing in a dry run', () => {
    using runs = plantedRuns();
    runs.plant('calm-1');
    expect(prune({ reports: runs.reports, keep: 0, dryRun: true })[0]).toMatch(/^would remove calm-1/);
    expect(runs.has('calm-1')).toBe(true);
  });

  it('touches neither what is no run nor what a symbolic link leads to', () => {
    using runs = plantedRuns();
    using elsewhere = plantedRuns();
    const target = elsewhere.plant('precious');
    symlinkSync(target, join(runs.reports, 'link'));
    const folder = runs.plant('calm-1');
    // As another report of ours, but leading out.
    symlinkSync(join(target, 'journal.ndjson'), join(folder, 'report.md'));
    mkdirSync(join(runs.reports, 'notes'));
    writeFileSync(join(runs.reports, 'README.md'), 'mine');
    prune({ reports: runs.reports, keep: 0 });
    expect([runs.has('calm-1'), runs.has('link'), runs.has('notes'), runs.has('README.md')]).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(readFileSync(join(target, 'journal.ndjson'), 'utf8')).toContain('run.started');
  });

  it('keeps a run that holds a file of somebody else', () => {
    using runs = plantedRuns();
    writeFileSync(join(runs.plant('calm-1'), 'notes.txt'), 'mine');
    expect(prune({ reports: runs.reports, keep: 0 })).toEqual([
      'kept calm-1: it holds notes.txt, which no run has made',
      '0 runs removed, 0 B freed',
    ]);
    expect(runs.has('calm-1')).toBe(true);
  });

  it('keeps a run that holds a fleet', () => {
    using runs = plantedRuns();
    runs.plant('calm-1', { ended: null });
    expect(prune({ reports: runs.reports, keep: 0 }, 'calm-1')[0]).toBe('kept calm-1: it is running');
    expect(runs.has('calm-1')).toBe(true);
  });

  it('keeps what is still being written, not what was cut off long ago', () => {
    using runs = plantedRuns();
    runs.plant('running', { ended: null, writtenAt: new Date() });
    runs.plant('cut', { ended: null });
    prune({ reports: runs.reports, keep: 0 });
    expect([runs.has('running'), runs.has('cut')]).toEqual([true, false]);
  });

  it('wants a limit', () => {
    using runs = plantedRuns();
    expect(refusal(() => prune({ reports: runs.reports }))).toMatchObject({
      exitCode: 3,
      hint: expect.stringMatching(/--keep .*--older-than/),
    });
  });
});
