import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readMutants } from './mutant.ts';
import { mutate } from './mutate.ts';
import { tableOf } from './table.ts';

const root = new URL('../../', import.meta.url);

const mutants = readMutants(fileURLToPath(new URL('.', import.meta.url)), []);

it.each(mutants)('$name finds its text, once', ({ file, ...change }) => {
  const source = readFileSync(new URL(file, root), 'utf8');

  expect(mutate(source, change)).not.toBe(source);
});

it('are told in one table', async () => {
  await expect(tableOf(mutants)).toMatchFileSnapshot('README.md');
});
