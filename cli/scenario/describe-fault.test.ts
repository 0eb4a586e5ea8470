import { expect, it } from 'vitest';
import { describeFault } from './describe-fault.ts';
import { faultTypes } from './fault.ts';
import { aScenario } from './testing/a-scenario.ts';

const written = [
  '{ type: latency, link: order->payment, latency: 3s, jitter: 100ms, stream: upstream, toxicity: 0.5 }',
  '{ type: bandwidth, link: order->payment, rate: 10KB/s }',
  '{ type: slowClose, link: order->payment, delay: 1s }',
  '{ type: timeout, link: order->payment }',
  '{ type: resetPeer, link: order->payment, timeout: 10ms }',
  '{ type: slicer, link: order->payment, averageSize: 64, sizeVariation: 8, delay: 10ms }',
  '{ type: limitData, link: order->db, bytes: 1000 }',
  '{ type: down, link: order->payment }',
  '{ type: httpError, service: user, status: 500, route: "GET /users/:id", probability: 0.3 }',
  '{ type: httpDelay, service: inventory, delay: 200ms, skipFirst: 2, failCount: 3 }',
  '{ type: decline, service: payment }',
];

it('says every fault in words', () => {
  // One a phase: some of them cannot be seen beside others.
  const phases = written.map((fault, index) => `{ name: p${index}, for: 1s, faults: [${fault}] }`);
  const { scenario } = aScenario({ phases: `[${phases.join(', ')}]`, expect: '{}' });
  const faults = scenario.phases.flatMap((phase) => phase.faults);

  expect(faults.map(({ type }) => type)).toEqual(faultTypes);
  expect(faults.map(describeFault)).toMatchInlineSnapshot(`
    [
      {
        "dose": "latency 3000±100 ms upstream on 50 % of connections",
        "target": "order->payment",
      },
      {
        "dose": "bandwidth 10 KB/s downstream",
        "target": "order->payment",
      },
      {
        "dose": "slowClose 1000 ms downstream",
        "target": "order->payment",
      },
      {
        "dose": "timeout (held open) downstream",
        "target": "order->payment",
      },
      {
        "dose": "resetPeer after 10 ms downstream",
        "target": "order->payment",
      },
      {
        "dose": "slicer 64±8 bytes every 10 ms downstream",
        "target": "order->payment",
      },
      {
        "dose": "limitData 1000 bytes downstream",
        "target": "order->db",
      },
      {
        "dose": "down",
        "target": "order->payment",
      },
      {
        "dose": "httpError 500 on GET /users/:id for 30 % of requests",
        "target": "user",
      },
      {
        "dose": "httpDelay 200 ms after the first 2 at most 3 times",
        "target": "inventory",
      },
      {
        "dose": "decline",
        "target": "payment",
      },
    ]
  `);
});
