import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../exit-codes.ts';
import { plain } from '../report/paint.ts';
import { validateScenarios } from './scenario-validate.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const broken = 'test/scenarios/broken';
const names = readdirSync(join(root, broken)).filter((file) => file.endsWith('.yaml'));

function validate(...words: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    env: {},
    cwd: root,
    paint: plain,
  };
  const code = validateScenarios(words, {}, terminal);
  return { code, out, err };
}

describe('scenario validate', () => {
  it.each(names)('says what is wrong with broken/%s, and only on stderr', async (name) => {
    const { code, out, err } = validate(`${broken}/${name}`);
    expect({ code, out }).toEqual({ code: exitCodes.usage, out: [] });
    await expect(`${err.join('\n')}\n`).toMatchFileSnapshot(join(root, broken, name.replace(/yaml$/, 'txt')));
  });

  it('tells every problem of every file of a folder at once', () => {
    const each = names.flatMap((name) => validate(`${broken}/${name}`).err);
    const { code, err } = validate(broken);
    expect(code).toBe(3);
    expect(err).toEqual(each);
    expect(new Set(err.map((problem) => problem.split(':')[0])).size).toBe(names.length);
  });

  it('names the files that are right, and a wrong one beside them does not hide them', () => {
    const { code, out } = validate('steady', `${broken}/bare-number.yaml`);
    expect(out).toEqual(['✔ scenarios/steady.yaml']);
    expect(code).toBe(exitCodes.usage);
  });
});
