import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mutate } from '../mutants/mutate.ts';
import { changes } from './changes.ts';

it.each(Object.entries(changes))('%s finds its text, once', (_name, { file, ...change }) => {
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

  expect(mutate(source, change)).not.toBe(source);
});
