// Every shipped scenario, once, as a pipeline runs them: each against the verdict that it is known to give.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readScenario } from '../../cli/commands/scenario-files.ts';
import type { FleetState } from '../../cli/fleet/state.ts';
import { readJournal } from '../../cli/metrics/read-journal.ts';
import { differsFromKnown } from '../../cli/verdict/known.ts';
import type { RunResult } from '../../cli/verdict/run-result.ts';
import type { RunEvent } from '../../services/contract/events.ts';
import { aWorld, type Finished, leftOf, readText, root } from '../support/cli.ts';
import { isStarved } from '../support/starved.ts';

const names = readdirSync(join(root, 'scenarios'))
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));

/** At a time, each on a fleet of its own. On two cores two of them cost each other their promises (ARCHITECTURE.md). */
const jobs = 1;

interface Library extends Finished {
  readonly fleets: readonly FleetState[];
  readonly results: readonly RunResult[];
}

const minutes = 60_000;
const world = aWorld();
let library: Library;

beforeAll(async () => {
  const how = ['--all', '--known', '--ci', '--jobs', String(jobs), '--ephemeral', '--json'];
  const running = world.start('scenario', 'run', ...how);
  // With the folder of the first run after those at the beginning, the fleets are whole, and their states say so.
  await vi.waitUntil(() => world.runs().length > jobs, { timeout: 2 * minutes, interval: 200 });
  const fleets = world.fleets();
  const finished = await running.finished;
  library = { ...finished, fleets, results: JSON.parse(finished.stdout) };
}, 15 * minutes);

afterAll(() => world[Symbol.asyncDispose]());

function resultOf(name: string): RunResult {
  const result = library.results.find(({ scenario }) => scenario.name === name);
  if (result === undefined) throw new Error(`${name} was not run:\n${library.stderr}`);
  return result;
}

function differenceOf(name: string): string | null {
  const { parsed } = readScenario(name, root);
  return differsFromKnown(resultOf(name), parsed.ok ? parsed.scenario.known : { verdict: 'passed', by: [] });
}

const reportOf = (name: string, file: string): string => readText(world.cwd, 'reports', resultOf(name).run, file);

describe('the shipped scenarios', () => {
  it.for(names)('%s ends as it is known to, and for the known reason', (name, { skip }) => {
    const difference = differenceOf(name);
    skip(difference !== null && isStarved(resultOf(name)), difference ?? '');
    expect(difference).toBeNull();
  });

  it('could be measured here, all but two at most', () => {
    expect(names.filter((name) => differenceOf(name) !== null).length).toBeLessThan(3);
  });

  it('are all there is, in one series that says so by its exit code', () => {
    expect(library.results.map(({ scenario }) => scenario.name)).toEqual(names);
    expect(library.stderr).toContain(`${names.length} of ${names.length} scenarios`);
    expect(library.code).toBe(names.every((name) => differenceOf(name) === null) ? 0 : 1);
  });

  it('ran on as many fleets as jobs, which are gone afterwards', async () => {
    expect(library.fleets).toHaveLength(jobs);
    for (const fleet of library.fleets) expect(await leftOf(fleet)).toEqual([]);
    expect(world.fleets()).toEqual([]);
  });

  it('leave reports of all of them together that are not red, since all is as known', ({ skip }) => {
    skip(
      names.some((name) => differenceOf(name) !== null),
      'not all is as known',
    );
    const reports = (file: string): string => readText(world.cwd, 'reports', file);

    expect(reports('junit.xml')).toMatch(/^<testsuites [^>]* failures="0" errors="0" skipped="[1-9]/m);
    expect(reports('summary.md').match(/, as known \|/g)).toHaveLength(2);
    expect(reports('index.html').match(/href="\.\/[^"]*\/report\.html"/g)).toHaveLength(2 * names.length);
  });
});

describe('payment-outage', () => {
  it('opens, fails one probe and closes, and says so alike on the screen and in every report', () => {
    const { transitions, times } = resultOf('payment-outage');
    expect(transitions.map(({ to }) => to)).toEqual(['open', 'halfOpen', 'open', 'halfOpen', 'closed']);
    const opened = `${Math.round(times['order->payment']?.faultToOpenMs ?? Number.NaN)} ms`;
    expect(reportOf('payment-outage', 'report.md')).toContain(opened);
    expect(library.stderr).toContain(`order->payment opened ${opened} after its fault began`);
    expect(reportOf('payment-outage', 'junit.xml')).toMatch(/failures="0"/);
  });
});

describe('payment-errors', () => {
  it('lets no call reach payment while its breaker is open', () => {
    const { admitted, arrived } = whileOpen(readJournal(reportOf('payment-errors', 'journal.ndjson')).events);
    expect({ admitted, arrived }).toEqual({ admitted: [], arrived: [] });
  });
});

describe('no-breaker', () => {
  it('fails on the latency of orders and on nothing else', () => {
    const failed = resultOf('no-breaker').judgements.filter(({ standing }) => standing !== 'passed');
    expect(failed).toMatchObject([
      { kind: 'threshold', standing: 'failed', title: 'orders.duration p(99) during outage' },
    ]);
    expect(library.stderr).toMatch(/✘ failed .*orders\.duration/);
  });
});

describe('payment-flaky and rate-rule', () => {
  it('hit the same orders, which one breaker refuses and the other bears', () => {
    const all = hitOrders('rate-rule');
    const reached = hitOrders('payment-flaky');
    // What an open breaker refuses is not hit, so the flapping one sees fewer of them, and no others.
    expect(reached.length).toBeGreaterThan(2);
    expect(all.length).toBeGreaterThan(2 * reached.length);
    expect(reached.filter((order) => !all.includes(order))).toEqual([]);
  });
});

/**
 * Which orders the fault of the phase `flaky` has hit, by their number in the load, where both runs are well inside of it:
 * from 4.7 s to 8.3 s at 50/s. At its edges it is a matter of ms who still meets it.
 */
function hitOrders(name: string): readonly number[] {
  const { events } = readJournal(reportOf(name, 'journal.ndjson'));
  const keys = events.flatMap((event) =>
    event.type === 'fault.observed' && event.fault === 'flaky/1' ? [event.key ?? ''] : [],
  );
  return keys.map((key) => Number(key.split('-').at(-1))).filter((order) => order >= 235 && order < 415);
}

/** Told apart from the checker's own rules: by generation on the caller's side, by time and attempt on the callee's. */
function whileOpen(events: readonly RunEvent[]) {
  const transitions = events
    .filter((event) => event.type === 'breaker')
    .filter(({ link }) => link === 'order->payment');
  const opened = transitions.filter(({ to }) => to === 'open');
  if (opened.length === 0) throw new Error('the breaker never opened');
  const generations = new Set(opened.map(({ generation }) => generation));
  const spans = opened.map(({ at, seq }) => ({
    from: at,
    to: transitions.find((next) => next.seq > seq)?.at ?? Number.POSITIVE_INFINITY,
  }));
  const isInside = (at: number): boolean => spans.some(({ from, to }) => at > from && at < to);
  const calls = events.filter((event) => event.type === 'call').filter(({ link }) => link === 'order->payment');
  const sentBefore = new Set(
    calls.filter(({ admitted, start }) => admitted && !isInside(start)).map(({ attempt }) => attempt),
  );
  return {
    admitted: calls.filter(({ admitted, generation }) => admitted && generations.has(generation)),
    arrived: events
      .filter((event) => event.type === 'arrival')
      .filter(({ link, at, attempt }) => link === 'order->payment' && isInside(at) && !sentBefore.has(attempt)),
  };
}
