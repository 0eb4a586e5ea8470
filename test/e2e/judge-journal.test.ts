import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readJournal } from '../../cli/metrics/read-journal.ts';
import { resultOf } from '../../cli/verdict/result.ts';
import { root } from '../support/cli.ts';

// The built one: the process that it starts is a built one, too.
const built: typeof import('../../cli/commands/viewed/judge-journal.ts') = await import(
  join(root, 'dist/cli/commands/viewed/judge-journal.js')
);

it('judges a journal in a process of its own, as everybody else judges it', async () => {
  const path = join(root, 'test/journals/failed.ndjson');
  const { events, ...journal } = readJournal(readFileSync(path, 'utf8'));

  expect(await built.judgeJournal(path)).toEqual(JSON.parse(JSON.stringify(resultOf(events, journal))));
});

it('tells why it cannot', async () => {
  await expect(built.judgeJournal(join(root, 'no.ndjson'))).rejects.toThrow(/no\.ndjson/);
});
