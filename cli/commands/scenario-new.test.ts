import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createProgram } from '../program.ts';
import { plain } from '../report/paint.ts';
import { faultTypes } from '../scenario/fault.ts';
import { scenarioJsonSchema } from '../scenario/json-schema.ts';
import { parseScenario } from '../scenario/parse.ts';
import type { Terminal } from '../terminal.ts';
import type { Questions } from './questions.ts';
import { newScenario } from './scenario-new.ts';

interface Desk extends Disposable {
  readonly terminal: Terminal;
  readonly lines: readonly string[];
  readonly read: (path: string) => string;
}

function aDesk(): Desk {
  const cwd = mkdtempSync(join(tmpdir(), 'smartorders-new-'));
  const lines: string[] = [];
  const out = (line: string) => void lines.push(line);
  return {
    terminal: { out, err: out, env: {}, cwd, paint: plain },
    lines,
    read: (path) => readFileSync(join(cwd, path), 'utf8'),
    [Symbol.dispose]: () => rmSync(cwd, { recursive: true }),
  };
}

/** Answers in order, then with the defaults; keeps what it was asked. */
function answering(...answers: readonly string[]): Questions & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  const left = [...answers];
  return {
    asked,
    canAskAgain: true,
    ask: async (question, preset) => {
      asked.push(`${question} [${preset}]`);
      return left.shift() ?? preset;
    },
    [Symbol.dispose]: () => {},
  };
}

it('asks nothing where there is no terminal, and says what to do next', async () => {
  using desk = aDesk();

  await newScenario(undefined, { out: 'scenarios/' }, desk.terminal);

  expect(desk.lines).toEqual([
    '✔ wrote scenarios/order-payment-down.yaml',
    '  and scenario.schema.json beside it, by which editors complete and check',
    'what to do next:',
    '  smartorders scenario show scenarios/order-payment-down.yaml',
    '  smartorders scenario run scenarios/order-payment-down.yaml',
  ]);
  expect(desk.read('scenarios/scenario.schema.json')).toBe(scenarioJsonSchema());
  expect(parseScenario(desk.read('scenarios/order-payment-down.yaml'), 'new.yaml').ok).toBe(true);
});

it('asks on a terminal for what no flag has said, and again where an answer cannot be', async () => {
  using desk = aDesk();
  const questions = answering('httpErorr', 'httpError', 'inventory');

  await newScenario('stock-broken', { out: 'my', status: '500', rate: '20/s' }, desk.terminal, questions);

  expect(questions.asked).toEqual([
    'What is to break (down, latency, httpError, …)? [down]',
    'What is to break (down, latency, httpError, …)? [down]',
    'In which service? [payment]',
    'How long does the phase before it last? [4s]',
    'How long does the phase with it last? [5s]',
    'How long does the phase after it last? [8s]',
    'What does it show, in one sentence? [Inventory answers 500 to every request]',
  ]);
  expect(desk.lines[0]).toBe('unknown fault type "httpErorr"; did you mean "httpError"?');
  expect(desk.read('my/stock-broken.yaml')).toContain('{ type: httpError, service: inventory, status: 500 }');
});

it('writes over nothing without --force, and leaves a schema that is there alone', async () => {
  using desk = aDesk();
  const { terminal } = desk;
  writeFileSync(join(terminal.cwd, 'mine.yaml'), 'mine');
  writeFileSync(join(terminal.cwd, 'scenario.schema.json'), '{}');

  const again = newScenario(undefined, { out: 'mine.yaml' }, terminal);
  await expect(again).rejects.toMatchObject({ code: 'exists', exitCode: 3, hint: expect.stringMatching('--force') });
  expect(desk.read('mine.yaml')).toBe('mine');

  await newScenario(undefined, { out: 'mine.yaml', force: true }, terminal);
  expect(desk.read('mine.yaml')).toMatch(/^name: mine$/m);
  expect(desk.read('scenario.schema.json')).toBe('{}');
});

it.each([
  [{ link: 'order-' }, /--link: "order-" is what a shell leaves of an unquoted link/],
  [{ fault: 'downn' }, /--fault: unknown fault type "downn"/],
  [{ fault: 'down', status: '503' }, /--status says nothing about down/],
  [{ fault: 'httpError', link: 'order:payment' }, /--link says nothing about httpError/],
  [{ fault: 'decline', service: 'user' }, /only payment can decline/],
  [{ rate: '40' }, /--rate: expected a rate such as 40\/s/],
  [{ rate: '30000/s' }, /--rate: is at most 20000\/s/],
  [{ outage: '0s' }, /--outage: "0s" is no duration/],
  [{ outage: '1500m' }, /is at most 24 hours/],
  [{ title: '$' + '{who} is gone' }, /unknown variable "who"/],
  [{ service: 'payment', status: '200' }, /--status: "200" is no error status/],
])('refuses %j and writes nothing', async (flags, message) => {
  using desk = aDesk();

  await expect(newScenario(undefined, { out: '.', ...flags }, desk.terminal)).rejects.toThrow(message);
  expect(readdirSync(desk.terminal.cwd)).toEqual([]);
});

it('names every type of fault in its help', () => {
  using desk = aDesk();
  const program = createProgram({ terminal: desk.terminal, setExitCode: () => {} });
  const scenario = program.commands.find((command) => command.name() === 'scenario');
  const option = scenario?.commands
    .find((command) => command.name() === 'new')
    ?.options.find(({ long }) => long === '--fault');

  expect(option?.description).toBe(`what breaks: ${faultTypes.join(', ')}`);
});
