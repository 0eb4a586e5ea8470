import { describe, expect, it } from 'vitest';
import { readJournal } from '../../cli/metrics/read-journal.ts';
import type { RunEvent } from '../../services/contract/events.ts';
import { aWorld, leftOf, readText, type World } from '../support/cli.ts';

const eventsOf = (world: World): readonly RunEvent[] =>
  readJournal(readText(world.reportFolder(), 'journal.ndjson')).events;

const reportOf = (world: World) => JSON.parse(readText(world.reportFolder(), 'report.json'));

describe('the shipped scenarios', () => {
  it('payment-outage passes on a fleet of its own, which is gone afterwards', async () => {
    await using world = aWorld();
    const running = world.start('scenario', 'run', 'payment-outage');
    await running.line(/phase baseline/);
    const [fleet] = world.fleets();
    const { code, stdout } = await running.finished;
    expect(stdout).toMatch(/order->payment {2}closed -> open/);
    expect(stdout).toMatch(/✔ passed/);
    expect(code).toBe(0);
    const report = reportOf(world);
    expect(report.transitions.map(({ to }: { to: string }) => to)).toEqual([
      'open',
      'halfOpen',
      'open',
      'halfOpen',
      'closed',
    ]);
    expect(fleet === undefined ? ['no fleet'] : await leftOf(fleet)).toEqual([]);
    const junit = readText(world.reportFolder(), 'junit.xml');
    const markdown = readText(world.reportFolder(), 'report.md');
    const opened = `${Math.round(report.times['order->payment'].faultToOpenMs)} ms`;
    expect(markdown).toContain(opened);
    expect(stdout).toContain(opened);
    expect(junit).toMatch(/failures="0"/);
  });

  it('payment-errors passes, and no call reaches payment while its breaker is open', async () => {
    await using world = aWorld();
    const { code } = await world.run('scenario', 'run', 'payment-errors');
    expect(code).toBe(0);
    const { admitted, arrived } = whileOpen(eventsOf(world));
    expect({ admitted, arrived }).toEqual({ admitted: [], arrived: [] });
  });

  it('no-breaker fails on the latency of orders and on nothing else', async () => {
    await using world = aWorld();
    const { code, stdout } = await world.run('scenario', 'run', 'no-breaker');
    expect(code).toBe(1);
    const failed = reportOf(world).judgements.filter(({ standing }: { standing: string }) => standing !== 'passed');
    expect(failed).toMatchObject([
      { kind: 'threshold', standing: 'failed', title: 'orders.duration p(99) during outage' },
    ]);
    expect(stdout).toMatch(/✘ failed .*orders\.duration/);
  });
});

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
