import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linkIds } from '../../services/fleet.ts';
import { root } from '../support/cli.ts';
import { modeline, openEditor } from '../support/editor.ts';
import { keysOf, schemaAt, wordsOf } from '../support/schema-keys.ts';

const head = `${modeline}version: 1
name: tiny
title: A tiny scenario
`;
const load = `load:
  checkout: { executor: constant-arrival-rate, rate: 40/s, journey: place-order, maxInFlight: 400 }
`;
const phases = 'phases: [{ name: baseline, for: 5s }]\n';
const fault = (written: string) => `${head}${load}phases:
  - name: outage
    for: 5s
    faults:
${written}`;

/** All at once: the server waits a moment before it looks at a text. */
async function each<T, R>(of: Readonly<Record<string, T>>, ask: (value: T) => Promise<R>) {
  const answers = Object.entries(of).map(async ([name, value]) => [name, await ask(value)] as const);
  return Object.fromEntries(await Promise.all(answers));
}

describe('an editor marks', () => {
  it('nothing in the scenarios that are shipped or tested with', async () => {
    await using editor = await openEditor();
    const files = ['scenarios', 'test/scenarios'].flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => join(folder, name)),
    );
    const texts = Object.fromEntries(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

    const marked = await each(texts, (text) => editor.marked(text.startsWith(modeline) ? text : modeline + text));

    expect(files.length).toBeGreaterThan(0);
    expect(marked).toEqual(Object.fromEntries(files.map((file) => [file, []])));
  });

  it('what is wrong, at its line and nowhere else', async () => {
    await using editor = await openEditor();
    const texts = {
      'an unknown key': `${head}${load}${phases}titel: x # wrong\n`,
      'an unknown key of a phase': `${head}${load}phases:\n  - name: a\n    for: 1s\n    fautls: [] # wrong\n`,
      'a bare number as a duration': `${head}${load}${phases}warmup: 3 # wrong\n`,
      'a bare number as a rate': `${head}${phases}load:
  checkout:
    executor: constant-arrival-rate
    rate: 40 # wrong
    journey: place-order
    maxInFlight: 400
`,
      'an unknown executor': `${head}${phases}load:
  checkout:
    executor: constant-arival-rate # wrong
    rate: 40/s
    journey: place-order
    maxInFlight: 400
`,
      'an unknown link of the fleet': `${head}${load}${phases}fleet:\n  links:\n    order->pay: {} # wrong\n`,
      'an unknown link of a breaker': `${head}${load}${phases}expect:\n  breakers:\n    order-payment: {} # wrong\n`,
      'an unknown link of a fault': fault('      - type: down\n        link: order->pay # wrong\n'),
      'an unknown type of fault': fault('      - type: latancy # wrong\n        link: order->payment\n'),
      'an unknown key of a fault': fault(
        '      - type: down\n        link: order->payment\n        toxicity: 0.5 # wrong\n',
      ),
      'a bare number in a fault': fault(
        '      - type: latency\n        link: order->payment\n        latency: 3 # wrong\n',
      ),
      'a share of more than all': fault(
        '      - type: latency\n        link: order->payment\n        latency: 3s\n        toxicity: 2 # wrong\n',
      ),
      'an unknown service': fault('      - type: httpError\n        service: paymnt # wrong\n        status: 503\n'),
      'a fault that lacks its dose': fault('      - type: latency # wrong\n        link: order->payment\n'),
      'a fault without a type': fault('      - link: order->payment # wrong\n'),
      'a breaker that is neither off nor a map': `${head}${load}${phases}fleet:
  links:
    order->payment:
      breaker: maybe # wrong
`,
      'an unknown key of a breaker': `${head}${load}${phases}fleet:
  links:
    order->payment:
      breaker:
        failureTreshold: 3 # wrong
`,
      'an unknown state in a path': `${head}${load}${phases}expect:
  breakers:
    order->payment:
      path:
        - closed
        - shut # wrong
`,
      'a missing key of the file': `${modeline}version: 1 # wrong\nname: tiny\ntitle: x\n${load}`,
      'a missing key of a phase': `${head}${load}phases:\n  - name: a # wrong\n`,
    };

    const marked = await each(texts, (text) => editor.marked(text));

    expect(
      Object.entries(marked).map(([what, marks]) => `${what}: ${[...new Set(marks.map(({ line }) => line))]}`),
    ).toEqual(Object.entries(texts).map(([what, text]) => `${what}: ${lineOf(text, '# wrong')}`));
  });

  it('a value without its unit in the words of the command line', async () => {
    await using editor = await openEditor();

    const marked = await editor.marked(`${head}${load}${phases}warmup: 3\n`);

    expect(marked.map(({ message }) => message)).toEqual(['expected a duration such as 500ms, 3s or 2m']);
  });

  it('no variable, whatever it stands for', async () => {
    await using editor = await openEditor();
    const text = `${head}seed: \${seed}
warmup: \${warmup}
fleet:
  links:
    order->payment:
      timeout: \${timeout}
      breaker: \${breaker}
load:
  checkout: { executor: "\${executor}", rate: 40/s, journey: place-order, maxInFlight: 400 }
  browsing:
    executor: constant-arrival-rate
    rate: \${rate}
    journey: \${journey}
    maxInFlight: \${most}
    arrivals: \${arrivals}
phases:
  - name: \${name}
    for: \${length}
    faults:
      - type: \${type}
      - { type: latency, link: "\${link}", latency: "\${latency}", toxicity: "\${toxicity}", stream: "\${stream}" }
      - { type: httpError, service: "\${service}", status: "\${status}", route: "\${route}" }
expect:
  breakers:
    order->payment: { path: ["\${state}"], callsWhileOpen: "\${calls}" }
`;

    expect(await editor.marked(text)).toEqual([]);
  });

  it('no link that is written as on the command line', async () => {
    await using editor = await openEditor();

    expect(
      await editor.marked(`${fault('      - { type: down, link: order:payment }\n')}fleet:
  links:
    order:payment: { timeout: 1s }
`),
    ).toEqual([]);
  });
});

describe('an editor offers', () => {
  it('the keys that are not written yet', async () => {
    await using editor = await openEditor();
    const link = linkIds[0] ?? '';
    const texts = {
      '': { text: `${modeline}version: 1\n‸`, written: ['version'] },
      'phases.*': { text: `${modeline}phases:\n  - name: a\n    ‸\n`, written: ['name'] },
      'load.*': { text: `${modeline}load:\n  a:\n    executor: constant-arrival-rate\n    ‸\n`, written: ['executor'] },
      fleet: { text: `${modeline}fleet:\n  ‸\n`, written: [] },
      'fleet.links': { text: `${modeline}fleet:\n  links:\n    ‸\n`, written: [] },
      [`fleet.links.${link}`]: { text: `${modeline}fleet:\n  links:\n    ${link}:\n      ‸\n`, written: [] },
      expect: { text: `${modeline}expect:\n  ‸\n`, written: [] },
      'expect.breakers': { text: `${modeline}expect:\n  breakers:\n    ‸\n`, written: [] },
      [`expect.breakers.${link}`]: { text: `${modeline}expect:\n  breakers:\n    ${link}:\n      ‸\n`, written: [] },
      'expect.recovery': { text: `${modeline}expect:\n  recovery:\n    ‸\n`, written: [] },
    };

    const offered = await each(texts, ({ text }) => editor.offered(text));

    expect(sorted(offered)).toEqual(
      sorted(
        Object.fromEntries(
          Object.entries(texts).map(([path, { written }]) => {
            const schema = schemaAt(path === '' ? [] : path.split('.'));
            const keys = keysOf(schema, { executor: 'constant-arrival-rate' });
            return [path, keys.filter((key) => !written.some((word) => word === key))];
          }),
        ),
      ),
    );
    expect(sorted(offered)).toMatchObject({
      'fleet.links': [...linkIds].sort(),
      'expect.breakers': [...linkIds].sort(),
    });
  });

  it('the keys of the fault that is chosen', async () => {
    await using editor = await openEditor();
    const schema = schemaAt(['phases', '*', 'faults', '*']);
    const types = wordsOf(schemaAt(['phases', '*', 'faults', '*', 'type']));
    const texts = Object.fromEntries(types.map((type) => [type, fault(`      - type: ${type}\n        ‸\n`)]));

    const offered = sorted(await each(texts, (text) => editor.offered(text)));

    expect(offered).toEqual(
      sorted(Object.fromEntries(types.map((type) => [type, keysOf(schema, { type }).filter((key) => key !== 'type')]))),
    );
    expect(offered.latency).toContain('jitter');
    expect(offered.down).not.toContain('jitter');
  });

  it('the words that may stand at a place', async () => {
    await using editor = await openEditor();
    const link = linkIds[0] ?? '';
    const texts = {
      'phases.*.faults.*.type': fault('      - type: ‸\n'),
      'phases.*.faults.*.link': fault('      - type: latency\n        link: ‸\n'),
      'phases.*.faults.*.stream': fault('      - type: latency\n        stream: ‸\n'),
      'load.*.executor': `${modeline}load:\n  checkout:\n    executor: ‸\n`,
      'load.*.arrivals': `${modeline}load:\n  checkout:\n    executor: constant-arrival-rate\n    arrivals: ‸\n`,
      [`fleet.links.${link}.breaker`]: `${modeline}fleet:\n  links:\n    ${link}:\n      breaker: ‸\n`,
      [`expect.breakers.${link}.path.*`]: `${modeline}expect:\n  breakers:\n    ${link}:\n      path:\n        - ‸\n`,
    };

    const offered = await each(texts, (text) => editor.offered(text));

    const written = { type: 'latency', executor: 'constant-arrival-rate' };
    expect(sorted(offered)).toEqual(
      sorted(Object.fromEntries(Object.keys(texts).map((path) => [path, wordsOf(schemaAt(path.split('.'), written))]))),
    );
    expect(offered['phases.*.faults.*.link']).toContain('order->payment');
    expect(offered['load.*.executor']).toContain('constant-arrival-rate');
  });
});

/** What is offered beside the keys: all that are required at once; and words are offered quoted where YAML 1.1 wants it. */
const sorted = (lists: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> =>
  Object.fromEntries(
    Object.entries(lists).map(([name, list]) => [
      name,
      list
        .filter((word) => word !== 'object')
        .map((word) => word.replaceAll('"', ''))
        .sort(),
    ]),
  );

const lineOf = (text: string, word: string): number => text.split('\n').findIndex((line) => line.includes(word)) + 1;
