import { expect, it } from 'vitest';
import { aRequest, from } from '../verdict/testing/events.ts';
import { simulate } from '../verdict/testing/simulate.ts';
import { foldRun } from './fold.ts';

it('gathers a whole run', () => {
  const record = foldRun(simulate());

  expect({
    run: record.header?.run,
    faults: record.faults,
    requests: record.requests.length,
    calls: record.calls.get('order->payment')?.length,
    arrivals: record.arrivals.get('order->payment')?.length,
    path: record.breakers.get('order->payment')?.map(({ to }) => to),
    ended: record.ended?.reason,
    endAt: record.endAt,
  }).toMatchInlineSnapshot(`
    {
      "arrivals": 695,
      "calls": 1300,
      "endAt": 13050,
      "ended": "completed",
      "faults": [
        {
          "by": "plan",
          "dose": "down",
          "fault": "outage/1",
          "from": 3000,
          "kind": "down",
          "target": "order->payment",
          "to": 8000,
        },
      ],
      "path": [
        "open",
        "halfOpen",
        "open",
        "halfOpen",
        "open",
        "halfOpen",
        "closed",
      ],
      "requests": 1300,
      "run": "20260101-000000-tiny",
    }
  `);
});

it('measures each phase by when its orders were due, dropped ones apart', () => {
  const phase = { type: 'phase', judged: true } as const;
  const record = foldRun(
    from('runner', [
      { ...phase, at: 0, name: 'one', edge: 'start' },
      { ...phase, at: 100, name: 'one', edge: 'end' },
      { ...phase, at: 101, name: 'two', edge: 'start' },
      aRequest({ dueAt: 10, sentAt: 12, doneAt: 60 }),
      aRequest({ dueAt: 99, sentAt: 99, doneAt: 500, outcome: 'failed' }),
      aRequest({ dueAt: 100.5, sentAt: null, outcome: 'dropped' }),
      aRequest({ dueAt: 101, doneAt: 111 }),
    ]),
  );
  const told = record.phases.map(({ name, from: start, to, metrics }) => {
    const { planned, counts, duration, lateness } = metrics;
    return {
      name,
      start,
      to,
      planned,
      counts,
      n: duration.n,
      max: duration.max,
      late: lateness.max,
    };
  });

  expect(told).toMatchInlineSnapshot(`
    [
      {
        "counts": {
          "declined": 0,
          "dropped": 1,
          "failed": 1,
          "rejected": 0,
          "success": 1,
          "unknown": 0,
        },
        "late": 2,
        "max": 401,
        "n": 2,
        "name": "one",
        "planned": 3,
        "start": 0,
        "to": 101,
      },
      {
        "counts": {
          "declined": 0,
          "dropped": 0,
          "failed": 0,
          "rejected": 0,
          "success": 1,
          "unknown": 0,
        },
        "late": 0,
        "max": 10,
        "n": 1,
        "name": "two",
        "planned": 1,
        "start": 101,
        "to": 500,
      },
    ]
  `);
});

it('folds a run that breaks off, and one that never began', () => {
  const cut = foldRun(simulate().filter(({ at, type }) => at < 5_000 && type !== 'run.ended'));

  expect([cut.ended, cut.phases.at(-1)?.to, cut.faults[0]?.to]).toEqual([null, cut.endAt, null]);
  expect(foldRun([]).header).toBeNull();
});

it('does not depend on the order in which events were written', () => {
  const events = simulate();

  expect(foldRun(events.toReversed()).phases).toEqual(foldRun(events).phases);
});
