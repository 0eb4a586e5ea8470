import { describe, expect, it } from 'vitest';
import type { EventOf, RunEvent } from '../../services/contract/events.ts';
import { parseScenario } from '../scenario/parse.ts';
import type { Scenario } from '../scenario/schema.ts';
import { scenarioText } from '../scenario/testing/a-scenario.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { generateLoad } from './generate-load.ts';
import type { Answer, CustomerRequest } from './ports.ts';
import { createRecorder } from './recorder.ts';

const steps = `[
    { name: look, request: "GET /api/items/{item}", capture: { price: price.cents } },
    { name: buy, request: POST /api/orders, pause: 50ms, decides: true, capture: { order: order_id },
      body: { user_id: "{user}", item_id: "{item}", quantity: "{quantity}", note: "for {price}" } },
    { name: check, request: "GET /api/orders/{order}", expect: [200, 404] },
  ]`;
const feeders =
  '{ user: { from: users }, item: { from: items, order: sequential }, quantity: { from: [1, 2], order: sequential } }';

function shopping(load: string): Scenario {
  const replaced = {
    journeys: `{ shop: { feeders: ${feeders}, steps: ${steps} } }`,
    load: `{ shop: { journey: shop, ${load} } }`,
    warmup: '0s',
    phases: '[{ name: one, for: 1s }, { name: two, for: 1s }]',
    expect: '{}',
  };
  const parsed = parseScenario(scenarioText(replaced), 'tiny.yaml');
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('; '));
  return parsed.scenario;
}

const open = 'executor: constant-arrival-rate, rate: 1/s, maxInFlight: 10, during: [one]';

interface Played {
  readonly asked: readonly CustomerRequest[];
  readonly requests: readonly EventOf<'request'>[];
  readonly steps: readonly EventOf<'step'>[];
}

/** Each answer takes 20 ms. */
async function play(answer: (request: CustomerRequest) => Answer, load = open): Promise<Played> {
  const clock = virtualClock();
  const events: RunEvent[] = [];
  const asked: CustomerRequest[] = [];
  const recorder = createRecorder(clock, (event) => events.push(event));
  const stop = new AbortController();
  const generated = generateLoad({
    load: 'shop',
    scenario: shopping(load),
    run: 'r1',
    seed: 1,
    data: { userIds: ['u1', 'u2'], itemIds: ['i1', 'i 2'] },
    target: {
      send: async (request) => {
        asked.push(request);
        await clock.sleep(20);
        return answer(request);
      },
    },
    clock,
    recorder,
    cancel: new AbortController().signal,
    stop: stop.signal,
    onBegun: () => {},
  });
  const stopped = clock.sleep(1_000).then(() => stop.abort());
  await clock.drive(Promise.all([generated, stopped]));
  return {
    asked,
    requests: events.filter((event) => event.type === 'request'),
    steps: events.filter((event) => event.type === 'step'),
  };
}

const good = ({ method, path }: CustomerRequest): Answer => {
  if (method === 'POST') return { status: 201, order: 'o1', body: { order_id: 'o1' } };
  return path.startsWith('/api/items') ? { status: 200, body: { price: { cents: 1999 } } } : { status: 200, body: {} };
};

describe('a journey', () => {
  it('feeds, captures and fills in, and gives each step a key of its own', async () => {
    const { asked } = await play(good);

    expect(asked.map(({ method, path, body, key, arrival }) => ({ method, path, body, key, arrival }))).toEqual([
      { method: 'GET', path: '/api/items/i1', body: undefined, key: 'r1-shop-0-look', arrival: 'shop/0' },
      {
        method: 'POST',
        path: '/api/orders',
        body: { user_id: expect.stringMatching(/^u[12]$/), item_id: 'i1', quantity: 1, note: 'for 1999' },
        key: 'r1-shop-0',
        arrival: 'shop/0',
      },
      { method: 'GET', path: '/api/orders/o1', body: undefined, key: 'r1-shop-0-check', arrival: 'shop/0' },
    ]);
  });

  it('is one order, from its planned time to the answer of the step that decides', async () => {
    const { requests, steps: told } = await play(good);

    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      dueAt: 0,
      sentAt: 0,
      doneAt: 90,
      outcome: 'success',
      order: 'o1',
      journey: 'shop',
    });
    expect(requests[0]).not.toHaveProperty('kind');
    expect(told.map(({ step, dueAt, sentAt, doneAt, outcome }) => [step, dueAt, sentAt, doneAt, outcome])).toEqual([
      ['look', 0, 0, 20, 'success'],
      ['buy', 70, 70, 90, 'success'],
      ['check', 90, 90, 110, 'success'],
    ]);
  });

  it('ends with the step that fails, whose outcome is that of the order', async () => {
    const { requests, asked } = await play((request) =>
      request.method === 'GET' ? { status: 503, code: 'dependency-rejected' } : good(request),
    );

    expect(asked).toHaveLength(1);
    expect(requests[0]).toMatchObject({ doneAt: 20, status: 503, outcome: 'rejected', code: 'dependency-rejected' });
  });

  it('fails where a value to capture is missing', async () => {
    const { requests } = await play((request) =>
      request.method === 'GET' ? { status: 200, body: {} } : good(request),
    );

    expect(requests[0]).toMatchObject({ status: 200, outcome: 'failed', error: 'a value to capture is missing' });
  });

  it('keeps the outcome of the order, whatever becomes of the steps after it', async () => {
    const { requests, steps: told } = await play((request) =>
      request.path.startsWith('/api/orders/') ? { status: 500 } : good(request),
    );

    expect(requests.map(({ outcome }) => outcome)).toEqual(['success']);
    expect(told.at(-1)).toMatchObject({ step: 'check', outcome: 'failed' });
  });

  it('takes a status that it expects for a success, and any other for none', async () => {
    const withStatus = (status: number) =>
      play((request) => (request.path.startsWith('/api/orders/') ? { status } : good(request)));
    const outcomes = await Promise.all([200, 404, 201].map(withStatus));

    expect(outcomes.map(({ steps: told }) => told.at(-1)?.outcome)).toEqual(['success', 'success', 'failed']);
  });
});

describe('a closed load', () => {
  it('begins again only after an answer and a pause, so that its rate is an outcome', async () => {
    const { requests } = await play(good, 'executor: constant-vus, vus: 2, pause: 90ms');

    // A journey takes 110 ms and the pause 90: five a second for each of two customers.
    expect(requests).toHaveLength(10);
    expect(requests.map(({ sentAt }) => sentAt)).toEqual([0, 0, 200, 200, 400, 400, 600, 600, 800, 800]);
    expect(requests.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('feeds one after the other where it is asked to, and encodes what goes into a path', async () => {
    const { asked } = await play(good, 'executor: constant-vus, vus: 1, pause: 390ms');

    expect(asked.filter(({ path }) => path.startsWith('/api/items')).map(({ path }) => path)).toEqual([
      '/api/items/i1',
      '/api/items/i%202',
    ]);
  });

  it('does not spin when it is refused at once', async () => {
    const { asked } = await play(() => ({ status: null, error: 'refused' }), 'executor: constant-vus, vus: 1');

    expect(asked.length).toBeLessThanOrEqual(100);
  });
});
