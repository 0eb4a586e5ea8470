import { expect, it } from 'vitest';
import { plain } from '../../report/paint.ts';
import { aScenario } from '../testing/a-scenario.ts';
import { blocks } from './glyphs.ts';
import { timelineLines } from './timeline-lines.ts';

const drawn = (replaced: Readonly<Record<string, string>>): string =>
  `\n${timelineLines(aScenario({ expect: '{}', ...replaced }).scenario, { width: 80, glyphs: blocks, paint: plain }).join('\n')}\n`;

it('shows a ramp by its height, a closed load by its mark, and each only while it is on', () => {
  const load = `
  ramp: { executor: ramping-arrival-rate, startRate: 10/s, stages: [{ rate: 80/s, for: 5s }], journey: place-order, maxInFlight: 9 }
  slow: { executor: constant-arrival-rate, rate: 10/s, journey: place-order, maxInFlight: 9 }
  lookers: { executor: constant-vus, vus: 3, journey: place-order, during: [outage] }`;

  expect(drawn({ load })).toMatchInlineSnapshot(`
    "
      phases    ░░░░░│baseline  │outage                   │recovery
      ramp      ▁▁▁▁▁▂▂▂▂▃▃▃▃▄▄▄▅▅▅▅▆▆▆▆▇▇▇▇████████████████████████████████████████
      slow      ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
      lookers                   ≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈≈
      outage/1                  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓ order->payment down
                ┴─────────┴──────────┴─────────┴──────────┴─────────┴──────────┴────
                0s        2s         4s        6s         8s        10s        12s
    "
  `);
});

it('shows what is shorter than a cell in one cell, and says what a fault is where there is room', () => {
  const phases = `
  - { name: a, for: 10ms, faults: [{ type: down, link: order->payment, for: 1ms }] }
  - { name: b, for: 10ms }
  - { name: c, for: 60s, faults: [{ type: latency, link: order->user, latency: 1s }] }
  - { name: d, for: 5ms, faults: [{ type: decline, service: payment, after: 4ms }] }`;

  expect(drawn({ phases, warmup: '0s' })).toMatchInlineSnapshot(`
    "
      phases    │││c                                                               │
      checkout  ████████████████████████████████████████████████████████████████████
      a/1       ▓ order->payment down
      c/1       ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
                                            order->user latency 1000±0 ms downstream
      d/1                                                          payment decline ▓
                ┴──────────┴───────────┴──────────┴──────────┴───────────┴─────────┴
                0s         10s         20s        30s        40s         50s     60s
    "
  `);
});
