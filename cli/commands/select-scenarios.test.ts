import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { scenarioText } from '../scenario/testing/a-scenario.ts';
import { overridesOf, type Selection, selectScenarios, sourceOf } from './select-scenarios.ts';

/** A working folder with scenarios of its own: two valid ones, one with a journey beside it, and one that is broken. */
function aFolder(): string {
  const cwd = mkdtempSync(join(tmpdir(), 'smartorders-select-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  mkdirSync(join(cwd, 'scenarios', 'journeys'), { recursive: true });
  mkdirSync(join(cwd, 'more', 'deeper'), { recursive: true });
  const write = (path: string, text: string) => writeFileSync(join(cwd, path), text);
  write('scenarios/own-one.yaml', scenarioText({ name: 'own-one', tags: '[mine, quick]' }));
  write(
    'scenarios/own-two.yaml',
    scenarioText({ name: 'own-two', tags: '[mine]', variables: '{ start: 1s }', warmup: '"${start}"' }),
  );
  write(
    'scenarios/journeys/look.yaml',
    'steps: [{ name: look, request: "GET /api/items/{item}" }]\nfeeders: { item: { from: items } }\n',
  );
  const load = '{ look: { executor: constant-vus, vus: 1, journey: look } }';
  write(
    'scenarios/looking.yaml',
    scenarioText({ name: 'looking', load, expect: '{ thresholds: [loads.look.success > 50%] }' }),
  );
  write('more/deeper/broken.yaml', scenarioText({ warmup: '3', seed: 'x' }));
  return cwd;
}

function select(cwd: string, words: readonly string[], selection: Selection = {}) {
  const told: string[] = [];
  const selected = selectScenarios(words, selection, { cwd, err: (line) => told.push(line) });
  return { names: selected?.map(({ scenario }) => scenario.name) ?? null, selected, told };
}

describe('scenarios are chosen', () => {
  it.each<[string, readonly string[], Selection, readonly string[]]>([
    ['by name, those of the working folder first', ['own-one'], {}, ['own-one']],
    ['by file', ['scenarios/own-two.yaml'], {}, ['own-two']],
    ['by a glob of names', ['own-*'], {}, ['own-one', 'own-two']],
    ['by a glob of files', ['scenarios/*-two.yaml'], {}, ['own-two']],
    ['by folder, journeys left out', ['scenarios'], {}, ['looking', 'own-one', 'own-two']],
    ['once, however often they are named', ['own-one', 'own-*'], {}, ['own-one', 'own-two']],
    ['by tag', [], { tag: ['quick'] }, ['own-one']],
    ['by tag among those named', ['own-*'], { tag: ['mine'] }, ['own-one', 'own-two']],
  ])('%s', (_, words, selection, names) => {
    expect(select(aFolder(), words, selection).names).toEqual(names);
  });

  it('all, the shipped ones too', () => {
    const { names } = select(aFolder(), [], { all: true });

    expect(names).toEqual(expect.arrayContaining(['own-one', 'looking', 'payment-outage', 'no-breaker']));
  });
});

describe('refused, with what there is,', () => {
  it.each<[string, readonly string[], Selection, RegExp]>([
    ['nothing at all', [], {}, /no scenario is named/],
    ['an unknown name', ['own-on'], {}, /there is no scenario named own-on/],
    ['a glob that matches nothing', ['nobody-*'], {}, /no scenario matches nobody-\*/],
    ['an unknown tag', [], { tag: ['quik'] }, /no scenario has the tag quik/],
    ['a variable without a value', ['own-two'], { var: ['start'] }, /--var start gives no value/],
  ])('is %s', (_, words, selection, message) => {
    expect(() => select(aFolder(), words, selection)).toThrow(message);
  });

  it('is every problem of every file, and nothing is chosen', () => {
    const { names, told } = select(aFolder(), ['own-one', 'more']);

    expect(names).toBeNull();
    expect(told.map((text) => text.split(': ')[0])).toEqual([
      'more/deeper/broken.yaml:5:9',
      'more/deeper/broken.yaml:18:7',
    ]);
  });

  it('is a wrong option once, however many files it is for', () => {
    expect(select(aFolder(), ['own-*'], { set: ['warmup=3'] }).told).toHaveLength(1);
  });
});

it('carries into the journal what is needed to read the scenario again', () => {
  const cwd = aFolder();
  const selection = { var: ['start=2s'], set: ['seed=5'] };
  const [own] = select(cwd, ['own-two'], selection).selected ?? [];
  const [looking] = select(cwd, ['looking']).selected ?? [];
  if (own === undefined || looking === undefined) throw new Error('nothing was chosen');

  expect(own.scenario).toMatchObject({ warmupMs: 2_000, seed: 5 });
  expect(sourceOf(own, overridesOf(selection))).toMatchObject({
    overrides: { vars: { start: '2s' }, set: ['seed=5'] },
  });
  expect(sourceOf(looking, overridesOf({}))).toMatchObject({
    path: 'scenarios/looking.yaml',
    journeys: { look: { path: 'scenarios/journeys/look.yaml' } },
  });
});

it('tells a problem of a journey’s file where it is written', () => {
  const cwd = aFolder();
  writeFileSync(join(cwd, 'scenarios/journeys/look.yaml'), 'steps:\n  - { name: look, request: LOOK }\n');

  expect(select(cwd, ['looking']).told.join('\n')).toMatch(
    /^scenarios\/journeys\/look.yaml:2:28: .*expected GET or POST/,
  );
});
