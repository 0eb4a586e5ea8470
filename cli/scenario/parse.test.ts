import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatProblem } from './format-problem.ts';
import { parseScenario } from './parse.ts';
import { aScenario, scenarioText } from './testing/a-scenario.ts';

const problemsOf = (replaced: Readonly<Record<string, string>>): string[] => {
  const parsed = parseScenario(scenarioText(replaced), 'tiny.yaml');
  return parsed.ok
    ? []
    : parsed.problems.map(
        ({ line, column, message, hint }) => `${line}:${column} ${message}${hint === undefined ? '' : `; ${hint}`}`,
      );
};
const load = (rest: string) => `{ checkout: { executor: constant-arrival-rate, journey: place-order, ${rest} } }`;
const fault = (written: string) => ({
  phases: `\n  - { name: baseline, for: 2s, faults: [${written}] }`,
  expect: '{}',
});

describe('a valid scenario', () => {
  it('is normalised: times in ms, links canonical, defaults filled in', () => {
    const { scenario } = aScenario({
      warmup: '2s',
      fleet:
        '{ links: { order:payment: { timeout: 500ms, breaker: { openFor: 2s } }, order->user: { breaker: off } } }',
    });

    expect(scenario).toMatchInlineSnapshot(`
      {
        "data": {
          "items": 5,
          "stock": 1000000,
          "users": 50,
        },
        "expect": {
          "breakers": {
            "order->payment": {
              "callsWhileOpen": 0,
              "opensWithinMs": 1000,
              "path": [
                "closed",
                "open",
                "halfOpen",
                "...",
                "closed",
              ],
            },
          },
          "recovery": {
            "stableForMs": 2000,
            "withinMs": 3000,
          },
          "thresholds": [
            {
              "during": [
                "baseline",
              ],
              "kind": "share",
              "limit": 0.99,
              "metric": {
                "of": "orders",
                "what": "success",
              },
              "op": ">=",
              "text": "orders.success >= 99% during baseline",
            },
            {
              "aggregation": {
                "kind": "p",
                "percent": 99,
              },
              "during": [
                "outage",
              ],
              "kind": "duration",
              "limit": 300,
              "metric": {
                "of": "orders",
                "what": "duration",
              },
              "op": "<",
              "text": "orders.duration p(99) < 300ms during outage",
            },
          ],
        },
        "fleet": {
          "links": {
            "order->payment": {
              "breaker": {
                "openForMs": 2000,
                "rule": "consecutive",
              },
              "timeoutMs": 500,
            },
            "order->user": {
              "breaker": "off",
            },
          },
        },
        "journeys": {
          "place-order": {
            "feeders": {
              "item": {
                "from": "items",
                "order": "random",
              },
              "user": {
                "from": "users",
                "order": "random",
              },
            },
            "steps": [
              {
                "body": {
                  "item_id": "{item}",
                  "user_id": "{user}",
                },
                "capture": {},
                "method": "POST",
                "name": "order",
                "path": "/api/orders",
                "pauseMs": 0,
              },
            ],
          },
        },
        "known": {
          "by": [],
          "verdict": "passed",
        },
        "load": {
          "checkout": {
            "arrivals": "uniform",
            "executor": "constant-arrival-rate",
            "journey": "place-order",
            "maxInFlight": 50,
            "perSecond": 100,
          },
        },
        "name": "tiny",
        "phases": [
          {
            "faults": [],
            "forMs": 2000,
            "name": "baseline",
          },
          {
            "faults": [
              {
                "after": {
                  "ms": 0,
                },
                "link": "order->payment",
                "type": "down",
              },
            ],
            "forMs": 5000,
            "name": "outage",
          },
          {
            "faults": [],
            "forMs": 5000,
            "name": "recovery",
          },
        ],
        "seed": 1,
        "steadyState": "on",
        "stopConditions": [],
        "tags": [],
        "title": "A tiny scenario",
        "variables": {},
        "version": 1,
        "warmupMs": 2000,
      }
    `);
  });

  it('needs no more than version, name, title, load and phases', () => {
    const text = scenarioText()
      .replaceAll(/^(fleet|warmup):.*\n/gm, '')
      .replace(/expect:[\s\S]*/, '');
    const parsed = parseScenario(text, 'tiny.yaml');

    expect(parsed.ok && { ...parsed.scenario, phases: parsed.scenario.phases.length }).toMatchInlineSnapshot(`
      {
        "data": {
          "items": 5,
          "stock": 1000000,
          "users": 50,
        },
        "expect": {
          "breakers": {},
          "thresholds": [],
        },
        "fleet": {
          "links": {},
        },
        "journeys": {
          "place-order": {
            "feeders": {
              "item": {
                "from": "items",
                "order": "random",
              },
              "user": {
                "from": "users",
                "order": "random",
              },
            },
            "steps": [
              {
                "body": {
                  "item_id": "{item}",
                  "user_id": "{user}",
                },
                "capture": {},
                "method": "POST",
                "name": "order",
                "path": "/api/orders",
                "pauseMs": 0,
              },
            ],
          },
        },
        "known": {
          "by": [],
          "verdict": "passed",
        },
        "load": {
          "checkout": {
            "arrivals": "uniform",
            "executor": "constant-arrival-rate",
            "journey": "place-order",
            "maxInFlight": 50,
            "perSecond": 100,
          },
        },
        "name": "tiny",
        "phases": 3,
        "seed": 1,
        "steadyState": "on",
        "stopConditions": [],
        "tags": [],
        "title": "A tiny scenario",
        "variables": {},
        "version": 1,
        "warmupMs": 3000,
      }
    `);
  });

  it('knows where its parts are written', () => {
    const { positions } = aScenario();

    expect(
      ['expect.thresholds[1]', 'expect.breakers.order->payment', 'phases[1].faults[0]'].map((path) =>
        positions.get(path),
      ),
    ).toEqual([
      { line: 14, column: 7 },
      { line: 16, column: 5 },
      { line: 9, column: 39 },
    ]);
  });

  it('knows every fault', () => {
    const phase = (faults: readonly string[], index: number) =>
      `\n  - { name: p${index}, for: 2s, faults: [${faults}] }`;
    const written = [
      '{ type: latency, link: order->payment, latency: 3s, jitter: 100ms, stream: upstream, toxicity: 0.5 }',
      '{ type: bandwidth, link: order->payment, rate: 1MB/s }',
      '{ type: slowClose, link: order->payment, delay: 1s }',
      '{ type: timeout, link: order->payment }',
      '{ type: resetPeer, link: order->payment, timeout: 10ms, after: 25%, for: 1s }',
      '{ type: slicer, link: order->payment, averageSize: 64, sizeVariation: 8, delay: 10ms }',
      '{ type: limitData, link: order->db, bytes: 1000 }',
      '{ type: down, link: order->payment }',
      '{ type: httpError, service: user, status: 500, route: GET /users/:id, probability: 0.3 }',
      '{ type: httpDelay, service: gateway, delay: 200ms, skipFirst: 2, failCount: 3 }',
      '{ type: decline, service: payment }',
    ];

    // One a phase: some of them cannot be seen beside others.
    const phases = written.map((each, index) => phase([each], index)).join('');
    const { scenario } = aScenario({ phases, expect: '{}' });
    expect(scenario.phases.flatMap(({ faults }) => faults)).toMatchInlineSnapshot(`
      [
        {
          "after": {
            "ms": 0,
          },
          "jitterMs": 100,
          "latencyMs": 3000,
          "link": "order->payment",
          "stream": "upstream",
          "toxicity": 0.5,
          "type": "latency",
        },
        {
          "after": {
            "ms": 0,
          },
          "kilobytesPerSecond": 1000,
          "link": "order->payment",
          "stream": "downstream",
          "toxicity": 1,
          "type": "bandwidth",
        },
        {
          "after": {
            "ms": 0,
          },
          "delayMs": 1000,
          "link": "order->payment",
          "stream": "downstream",
          "toxicity": 1,
          "type": "slowClose",
        },
        {
          "after": {
            "ms": 0,
          },
          "link": "order->payment",
          "stream": "downstream",
          "timeoutMs": 0,
          "toxicity": 1,
          "type": "timeout",
        },
        {
          "after": {
            "share": 0.25,
          },
          "for": {
            "ms": 1000,
          },
          "link": "order->payment",
          "stream": "downstream",
          "timeoutMs": 10,
          "toxicity": 1,
          "type": "resetPeer",
        },
        {
          "after": {
            "ms": 0,
          },
          "averageBytes": 64,
          "delayMs": 10,
          "link": "order->payment",
          "stream": "downstream",
          "toxicity": 1,
          "type": "slicer",
          "variationBytes": 8,
        },
        {
          "after": {
            "ms": 0,
          },
          "bytes": 1000,
          "link": "order->db",
          "stream": "downstream",
          "toxicity": 1,
          "type": "limitData",
        },
        {
          "after": {
            "ms": 0,
          },
          "link": "order->payment",
          "type": "down",
        },
        {
          "after": {
            "ms": 0,
          },
          "probability": 0.3,
          "route": "GET /users/:id",
          "service": "user",
          "skipFirst": 0,
          "status": 500,
          "type": "httpError",
        },
        {
          "after": {
            "ms": 0,
          },
          "delayMs": 200,
          "failCount": 3,
          "probability": 1,
          "service": "gateway",
          "skipFirst": 2,
          "type": "httpDelay",
        },
        {
          "after": {
            "ms": 0,
          },
          "probability": 1,
          "service": "payment",
          "skipFirst": 0,
          "type": "decline",
        },
      ]
    `);
  });
});

it('never throws, whatever the text', () => {
  const base = scenarioText();
  const cut = fc
    .tuple(fc.nat(base.length), fc.nat(base.length), fc.string())
    .map(([from, to, middle]) => base.slice(0, from) + middle + base.slice(to));
  const text = fc.oneof(
    fc.string(),
    cut,
    fc.constantFrom('a: *b', '&a [*a]', 'load: &a { x: *a }\nphases: *a', '? [a]\n: b', '1: 2', '---\n---\n'),
  );
  fc.assert(
    fc.property(text, (written) => {
      const parsed = parseScenario(written, 'any.yaml');
      expect(parsed.ok || parsed.problems.every(({ line, column }) => line >= 1 && column >= 1)).toBe(true);
      expect(parsed.ok || parsed.problems.map(formatProblem).length > 0).toBe(true);
    }),
  );
});

describe('problems', () => {
  it('are all told at once, in the order of the file, with the line and what to do', () => {
    const parsed = parseScenario(badScenario, 'bad.yaml');

    expect(parsed.ok ? '' : `\n${parsed.problems.map(formatProblem).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      bad.yaml:1:1: title: is missing
        1 | version: 1
          | ^
        hint: it needs a title, one sentence of what is shown
      bad.yaml:2:7: name: a name is lower-case letters, digits and hyphens, such as payment-outage
        2 | name: Bad
          |       ^
      bad.yaml:3:1: titel: unknown key "titel"
        3 | titel: x
          | ^
        hint: did you mean "title"?
      bad.yaml:4:9: warmup: a duration needs its unit (ms, s or m): 3 alone does not say of what
        4 | warmup: 3
          |         ^
        hint: write 500ms, 3s or 2m
      bad.yaml:7:34: fleet.links.order->payment.breaker.failureTreshold: unknown key "failureTreshold"
        7 |     order->payment: { breaker: { failureTreshold: 3 } }
          |                                  ^
        hint: did you mean "failureThreshold"?
      bad.yaml:8:29: fleet.links.order->user.breaker: expected off, or a map such as { failureThreshold: 3, openFor: 10s }
        8 |     order->user: { breaker: maybe }
          |                             ^
      bad.yaml:9:5: fleet.links.order->pay: unknown link "order->pay"
        9 |     order->pay: {}
          |     ^
        hint: did you mean "order->payment"?
      bad.yaml:11:54: load.checkout.rate: a rate needs its unit (/s): 40 alone does not say of what
        11 |   checkout: { executor: constant-arrival-rate, rate: 40, journey: place-order, maxInFlight: 400 }
           |                                                      ^
        hint: write 40/s
      bad.yaml:14:11: phases[1].name: a second phase named "a"
        14 |   - name: a
           |           ^
        hint: thresholds could not tell them apart
      bad.yaml:17:17: phases[1].faults[0].type: unknown fault type "latancy"
        17 |       - { type: latancy, link: order->payment }
           |                 ^
        hint: did you mean "latency"?
      bad.yaml:18:57: phases[1].faults[1].latency: a duration needs its unit (ms, s or m): 3 alone does not say of what
        18 |       - { type: latency, link: order->payment, latency: 3 }
           |                                                         ^
        hint: write 500ms, 3s or 2m
      bad.yaml:19:9: phases[1].faults[2]: a fault is a map with a type
        19 |       - hello
           |         ^
        hint: types: latency, bandwidth, slowClose, timeout, resetPeer, slicer, limitData, down, httpError, httpDelay, decline
      bad.yaml:22:7: expect.thresholds[0]: unknown metric "orders.sucess"
        22 |     - orders.sucess >= 99%
           |       ^
        hint: did you mean "orders.success"?
      bad.yaml:23:7: expect.thresholds[1]: unknown phase "b"
        23 |     - orders.success >= 99% during b
           |       ^
        hint: did you mean "a"?
      "
    `);
  });

  it('of the YAML itself are told where they are', () => {
    const parsed = parseScenario('version: 1\nname: [a\ntitle: x\n', 'bad.yaml');

    expect(parsed.ok ? [] : parsed.problems).toMatchInlineSnapshot(`
      [
        {
          "column": 1,
          "excerpt": "title: x",
          "file": "bad.yaml",
          "line": 3,
          "message": "Flow sequence in block collection must be sufficiently indented and end with a ]",
        },
      ]
    `);
  });

  it.each([
    ['list', `deep: ${'['.repeat(60)}1${']'.repeat(60)}`, '1:56 nested more than 50 deep'],
    ['stack', `deep:\n  ${'- '.repeat(15_000)}1`, '1:1 nested too deep to be read'],
    ['key that is a list', '? [a, b]\n: c', '1:3 a key is a word, not a list or a map'],
    ['key of keys', `${'? '.repeat(40)}a`, '1:3 a key is a word, not a list or a map'],
  ])('of what would take the stack, or for ever, are told: %s', (_, text, problem) => {
    const parsed = parseScenario(text, 'bad.yaml');

    expect(parsed.ok ? [] : parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual(
      [problem],
    );
  });

  it('of the YAML are told up to fifty, as each shows its line', () => {
    const parsed = parseScenario(`title: ${'"'.repeat(2_000)}`, 'bad.yaml');

    expect(parsed.ok ? 0 : parsed.problems.length).toBe(50);
  });

  it('of a file that is far too long are told without reading it', () => {
    const parsed = parseScenario(`title: ${'x'.repeat(50_000)}`, 'bad.yaml');

    expect(parsed.ok ? [] : parsed.problems.map(({ message }) => message)).toEqual([
      'more than 50k characters are not read',
    ]);
  });

  it.each(['', '[]', 'hello', '3'])('of a file that is no map are told: "%s"', (text) => {
    const parsed = parseScenario(text, 'bad.yaml');

    expect(parsed.ok ? [] : parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual(
      [expect.stringMatching(/^1:1 expected a map with version, name/)],
    );
  });

  it.each([
    ['a rate without its unit', { load: load('rate: 40, maxInFlight: 1') }, /rate: a rate needs its unit/],
    ['a rate of zero', { load: load('rate: 0/s, maxInFlight: 1') }, /must be more than zero/],
    [
      'an unknown executor',
      { load: '{ checkout: { executor: vus, rate: 1/s, journey: place-order, maxInFlight: 1 } }' },
      /unknown executor "vus"; known: constant-arrival-rate/,
    ],
    ['a duration without end', { warmup: `${'9'.repeat(400)}s` }, /warmup: expected a duration such as/],
    [
      'a rate without end',
      { load: load(`rate: ${'9'.repeat(400)}/s, maxInFlight: 1`) },
      /rate: expected a rate such as/,
    ],
    ['no load', { load: '{}' }, /needs at least one load/],
    ['no phase', { phases: '[]', expect: '{}' }, /needs at least one phase/],
    ['a phase named warmup', { phases: '[{ name: warmup, for: 1s }]', expect: '{}' }, /warmup is the name of/],
    ['a phase named hand', { phases: '[{ name: hand, for: 1s }]', expect: '{}' }, /faults set by hand are named/],
    [
      'a phase of no length',
      { phases: '[{ name: baseline, for: 0s }]', expect: '{}' },
      /for: must be longer than zero/,
    ],
    [
      'a fault without a dose',
      fault('{ type: latency, link: order->payment, latency: 0s }'),
      /latency: must be longer than zero/,
    ],
    ['a toxicity of zero', fault('{ type: timeout, link: order->payment, toxicity: 0 }'), /it would do nothing/],
    ['a toxicity for down', fault('{ type: down, link: order->payment, toxicity: 0.5 }'), /unknown key "toxicity"/],
    [
      'a throughput without its unit',
      fault('{ type: bandwidth, link: order->payment, rate: 10 }'),
      /a throughput needs its unit/,
    ],
    ['an unknown service', fault('{ type: httpError, service: paymnt, status: 503 }'), /did you mean "payment"/],
    ['a decline of another service', fault('{ type: decline, service: user }'), /only payment can decline/],
    [
      'a success as an error',
      fault('{ type: httpError, service: user, status: 200 }'),
      /an error status is 400 to 599/,
    ],
    [
      'a threshold over the warm-up',
      { expect: '{ thresholds: [orders.success >= 99% during warmup] }' },
      /the warm-up is not judged/,
    ],
    [
      'a threshold over an unknown phase',
      { expect: '{ thresholds: [orders.success >= 99% during outtage] }' },
      /did you mean "outage"/,
    ],
    [
      'a breaker expected of a database',
      { expect: '{ breakers: { order->db: { callsWhileOpen: 0 } } }' },
      /leads to a database/,
    ],
    [
      'a breaker given to a database',
      { fleet: '{ links: { order->db: { breaker: { openFor: 1s } } } }' },
      /leads to a database/,
    ],
    [
      'something expected of a breaker that is off',
      { fleet: '{ links: { order->payment: { breaker: off } } }' },
      /is off in this scenario/,
    ],
    ['the same link twice', { fleet: '{ links: { order->payment: {}, order:payment: {} } }' }, /are the same link/],
    [
      'opensWithin without a fault',
      { expect: '{ breakers: { order->user: { opensWithin: 1s } } }' },
      /no fault concerns order->user/,
    ],
    [
      'recovery without a fault',
      {
        phases: '[{ name: baseline, for: 1s }]',
        expect: '{ thresholds: [orders.failed <= 1%], recovery: { within: 1s, stableFor: 1s } }',
      },
      /no fault to recover from/,
    ],
    [
      'recovery without a threshold of the first phase',
      { expect: '{ thresholds: [orders.failed <= 1% during recovery], recovery: { within: 1s, stableFor: 1s } }' },
      /expect.recovery: nothing to hold: no threshold covers baseline; add one/,
    ],
    [
      'a threshold that cannot be read, and ask for no other',
      { expect: '{ thresholds: [orders.failed], recovery: { within: 1s, stableFor: 1s } }' },
      /not a threshold/,
    ],
    [
      'a threshold of an unknown phase, and ask for no other',
      { expect: '{ thresholds: [orders.failed <= 1% during basline], recovery: { within: 1s, stableFor: 1s } }' },
      /unknown phase/,
    ],
    [
      'a path with an unknown state',
      { expect: '{ breakers: { order->payment: { path: [shut] } } }' },
      /a path is made of/,
    ],
  ])('name %s', (_, replaced, message) => {
    expect(problemsOf(replaced)).toEqual([expect.stringMatching(message)]);
  });

  it('point at the timeout that is too long for openFor, whichever of the two the scenario sets', () => {
    const link = (written: string) => problemsOf({ fleet: `{ links: { order->payment: ${written} } }`, expect: '{}' });

    expect([
      ...link('{ timeout: 10s }'),
      ...link('{ breaker: { openFor: 1s } }'),
      ...link('{ timeout: 9999ms }'),
    ]).toEqual([
      '4:46 fleet.links.order->payment.timeout: the timeout (10s) must be shorter than openFor (10s); else a call from before the opening would decide the half-open state',
      '4:57 fleet.links.order->payment.breaker.openFor: the timeout (1s) must be shorter than openFor (1s); else a call from before the opening would decide the half-open state',
    ]);
  });
});

const badScenario = `version: 1
name: Bad
titel: x
warmup: 3
fleet:
  links:
    order->payment: { breaker: { failureTreshold: 3 } }
    order->user: { breaker: maybe }
    order->pay: {}
load:
  checkout: { executor: constant-arrival-rate, rate: 40, journey: place-order, maxInFlight: 400 }
phases:
  - { name: a, for: 1s }
  - name: a
    for: 5s
    faults:
      - { type: latancy, link: order->payment }
      - { type: latency, link: order->payment, latency: 3 }
      - hello
expect:
  thresholds:
    - orders.sucess >= 99%
    - orders.success >= 99% during b
`;
