import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { resultOf } from '../verdict/result.ts';
import { runResultSchema } from '../verdict/run-result.ts';
import { simulate } from '../verdict/testing/simulate.ts';
import { renderJson } from './json.ts';
import { reportJsonSchema } from './report-schema.ts';
import { onlyRun } from './run-series.ts';

const published = '../../schemas/report.schema.json';

it('is the one that is shipped (vitest -u writes it again)', async () => {
  await expect(reportJsonSchema()).toMatchFileSnapshot(published);
});

it('says of every key what it means', () => {
  const text = readFileSync(new URL(published, import.meta.url), 'utf8');
  const unexplained: string[] = [];
  JSON.parse(text, (key, value) => {
    if (key !== 'properties') return value;
    for (const [name, part] of Object.entries(value)) {
      if (!/"description":/.test(JSON.stringify(part)) && !['line', 'column', 'calls', 'failures'].includes(name))
        unexplained.push(name);
    }
    return value;
  });

  expect(unexplained).toEqual([]);
});

it('describes what is written: a report reads back as the very same result', () => {
  const text = renderJson(onlyRun(resultOf(simulate({ opensAfter: 4 }), { cutOff: false })));

  expect(runResultSchema.parse(JSON.parse(text))).toEqual(JSON.parse(text));
});
