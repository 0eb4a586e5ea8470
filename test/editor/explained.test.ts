import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../support/cli.ts';
import { openEditor } from '../support/editor.ts';
import { schemaAt } from '../support/schema-keys.ts';

const text = readFileSync(join(root, 'scenarios/payment-outage.yaml'), 'utf8');
const chosen = { type: 'down', executor: 'constant-arrival-rate', rule: 'consecutive' };

/** Paths of keys by where they are first written. */
const keys = {
  'version:': 'version',
  'seed:': 'seed',
  'timeout:': 'fleet.links.order->payment.timeout',
  'failureThreshold:': 'fleet.links.order->payment.breaker.failureThreshold',
  'warmup:': 'warmup',
  'rate:': 'load.*.rate',
  'maxInFlight:': 'load.*.maxInFlight',
  'for: 12s': 'phases.*.for',
  'faults:': 'phases.*.faults',
  'link: order': 'phases.*.faults.*.link',
  'thresholds:': 'expect.thresholds',
  'path:': 'expect.breakers.order->payment.path',
  'opensWithin:': 'expect.breakers.order->payment.opensWithin',
  'callsWhileOpen:': 'expect.breakers.order->payment.callsWhileOpen',
  'recovery: {': 'expect.recovery',
  'within:': 'expect.recovery.within',
};

it('an editor shows what a key means', async () => {
  await using editor = await openEditor();
  const shown = Object.keys(keys).map(async (key) => [key, plain(await editor.shown(text.replace(key, `‸${key}`)))]);

  expect(Object.fromEntries(await Promise.all(shown))).toEqual(
    Object.fromEntries(
      Object.entries(keys).map(([key, path]) => {
        const { description } = schemaAt(path.split('.'), chosen);
        return [key, expect.stringContaining(description ?? 'a description, which the schema lacks')];
      }),
    ),
  );
});

it('an editor shows what the chosen fault does, and the link that is hit', async () => {
  await using editor = await openEditor();
  const { anyOf } = schemaAt(['phases', '*', 'faults', '*', 'type']);
  const [{ enum: types = [], enumDescriptions = [] } = {}] = anyOf ?? [];

  expect(plain(await editor.shown(text.replace('type: down', '‸type: down')))).toContain(
    enumDescriptions[types.indexOf('down')] || 'a description, which the schema lacks',
  );
  expect(plain(await editor.shown(text.replace('order->payment:', '‸order->payment:')))).toContain(
    'The calls of order to payment.',
  );
});

/** Without what Markdown needs. */
const plain = (markdown: string): string => markdown.replaceAll('\\', '');
