import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { plain } from '../report/paint.ts';
import { scenarioJsonSchema } from '../scenario/json-schema.ts';
import type { Terminal } from '../terminal.ts';
import { printSchema } from './schema.ts';

function aTerminal(cwd = tmpdir()): Terminal & { readonly lines: string[] } {
  const lines: string[] = [];
  const out = (line: string) => void lines.push(line);
  return { out, err: out, env: {}, cwd, paint: plain, lines };
}

it('prints the schema that editors use, to the byte', () => {
  const terminal = aTerminal();

  printSchema('scenario', {}, terminal);

  expect(`${terminal.lines.join('\n')}\n`).toBe(scenarioJsonSchema());
});

it('writes it to a file', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'smartorders-schema-'));
  try {
    const terminal = aTerminal(cwd);
    printSchema('journal', { out: 'journal.json' }, terminal);

    expect(terminal.lines).toEqual(['wrote journal.json']);
    expect(JSON.parse(readFileSync(join(cwd, 'journal.json'), 'utf8')).title).toBe('SmartOrders journal line');
  } finally {
    rmSync(cwd, { recursive: true });
  }
});

it('knows its formats, and says what to do about a folder that is missing', () => {
  expect(() => printSchema('jornal', {}, aTerminal())).toThrow(
    expect.objectContaining({ exitCode: 3, hint: 'did you mean "journal"?' }),
  );
  expect(() => printSchema('toString', {}, aTerminal())).toThrow(/unknown format/);
  expect(() => printSchema('scenario', { out: 'missing/a.json' }, aTerminal())).toThrow(
    expect.objectContaining({ code: 'write', exitCode: 5 }),
  );
});
