import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type KeyRow, keyTable, shownKey } from './keys.ts';

const readme = '../../README.md';
const textOf = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

const screen = (name: string): string => `\`\`\`text\n${textOf(`__snapshots__/${name}.txt`)}\`\`\``;

const keys = (): string =>
  [
    '| key | |',
    '| --- | --- |',
    ...keyTable.map((row: KeyRow) => {
      const where = row.in === undefined ? '' : ` (${row.in === 'live' ? 'live' : 'in a replay'})`;
      return `| ${row.keys.map((key) => `\`${shownKey(key)}\``).join(' ')} | ${row.help}${where} |`;
    }),
  ].join('\n');

/** What lies between `<!-- name -->` and `<!-- /name -->` is `text`. */
function filled(whole: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const [from, to] = [whole.indexOf(open), whole.indexOf(close)];
  expect(Math.min(from, to), name).toBeGreaterThan(-1);
  return `${whole.slice(0, from)}${open}${text}${whole.slice(to)}`;
}

it('the README shows the screens and the keys as they are (vitest -u writes them again)', async () => {
  const parts = {
    'screen-closed': screen('closed-80x24'),
    'screen-open': screen('open-again-100x30'),
    'screen-recovered': screen('passed-80x24'),
    keys: keys(),
  };
  const written = Object.entries(parts).reduce((whole, [name, text]) => filled(whole, name, text), textOf(readme));

  await expect(written).toMatchFileSnapshot(readme);
});
