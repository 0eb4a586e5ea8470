import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readMutants } from './mutant.ts';
import { mutate } from './mutate.ts';

const root = new URL('../../', import.meta.url);

it.each(readMutants(fileURLToPath(new URL('.', import.meta.url)), []))(
  '$name finds its text, once',
  ({ file, ...change }) => {
    const source = readFileSync(new URL(file, root), 'utf8');

    expect(mutate(source, change)).not.toBe(source);
  },
);
