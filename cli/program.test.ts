import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { aProgram, leavesOf, pathOf } from './program/testing/a-program.ts';

const shown = leavesOf(aProgram().program)
  .map(pathOf)
  .filter(([first]) => first?.startsWith('__') !== true);

async function helpOf(path: readonly string[]): Promise<string> {
  const { parse, printed } = aProgram();
  await parse([...path, '--help']);
  return printed();
}

/** The command lines under `Examples:`, without what each is for. */
const examplesIn = (help: string): readonly string[] =>
  (/^Examples:\n((?: {2}.*\n?)+)/m.exec(help)?.[1] ?? '')
    .split('\n')
    .flatMap((line) => line.trim().split(/ {2,}/)[0] ?? [])
    .filter((line) => line !== '');

/** What the shell would start: the parts between `&&` and before a pipe. */
const startedBy = (example: string): readonly (readonly string[])[] =>
  example.split(/ && /).map((part) => (part.split(/ [|>] /)[0] ?? '').split(' '));

describe('help', () => {
  it('of the whole', async () => {
    await expect(await helpOf([])).toMatchFileSnapshot('program/testing/help.txt');
  });

  it.each([[], ...shown].map((path) => [path.join(' '), path] as const))(
    'of "%s" has examples that parse',
    async (_, path) => {
      const examples = examplesIn(await helpOf(path));
      expect(examples).not.toEqual([]);
      for (const words of examples.flatMap(startedBy)) {
        expect(words[0]).toBe('smartorders');
        expect(words.slice(1, path.length + 1)).toEqual(path.length === 0 ? [] : path);
        const { parse, printed } = aProgram();
        expect([await parse(words.slice(1)), printed()]).toEqual([null, '']);
      }
    },
  );
});

describe('a wrong command line', () => {
  it.each([
    ['stauts', /unknown command 'stauts'\n\(Did you mean status\?\)/],
    ['scenario rnu x', /unknown command 'rnu'\n\(Did you mean run\?\)/],
    ['up --base-prot 6000', /unknown option '--base-prot'\n\(Did you mean --base-port\?\)/],
    ['completion bsh', /Allowed choices are bash, zsh, fish/],
    ['runs prune --older-than 30', /An age is .* 30d/],
    ['runs prune --keep -1', /Not a whole number/],
    ['scenario run x --seed 4294967296', /0 to 4294967295/],
    ['up --fleet Bad_Name', /made of a-z/],
    ['scenario run x --shard 5/4', /1\/4, 2\/4/],
    ['scenario run x --repeat 0', /From 1 to 1000/],
    ['replay latest --speed 0', /Not a factor: .* 0.5 half as fast/],
    ['replay latest --speed fast', /Not a factor/],
    ['down now', /too many arguments/],
    ['report', /missing required argument 'run'/],
  ])('%s: says what is wrong and what was meant', async (line, words) => {
    const { parse, printed } = aProgram();
    const error = await parse(line.split(' '));
    expect(error).toBeInstanceOf(CommanderError);
    expect(error).not.toMatchObject({ exitCode: 0 });
    expect(printed()).toMatch(words);
    expect(printed()).toMatch(/what to do: --help/);
  });
});
