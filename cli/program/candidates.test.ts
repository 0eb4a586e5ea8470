import { Argument, Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { candidatesFor } from './candidates.ts';
import { aProgram, leavesOf, pathOf } from './testing/a-program.ts';

const known: Readonly<Record<string, readonly string[]>> = {
  fleet: ['default', 'other'],
  scenario: ['calm', 'payment-outage'],
  link: ['order:inventory', 'order:payment', 'user:db'],
};
const values = async (name: string): Promise<readonly string[]> => known[name] ?? [];

function aShop(): Command {
  const shop = new Command('shop').option('--no-color', 'plain');
  shop.command('up').description('start').option('--fleet <name>', 'which').option('-f, --fast', 'faster');
  shop.command('secret', { hidden: true });
  const fault = shop.command('fault').description('faults');
  fault
    .command('add')
    .argument('<link>', 'where')
    .addArgument(new Argument('<type>').choices(['down', 'latency']))
    .description('break');
  shop.command('check').argument('[scenario...]', 'which');
  return shop;
}

/** `…` stands for nothing typed yet. */
const completed = async (line: string): Promise<readonly string[]> => {
  const words = line.split(' ').map((word) => (word === '…' ? '' : word));
  return (await candidatesFor(aShop(), words, values)).map(({ value }) => value);
};

describe('what could come next', () => {
  it.each([
    ['…', ['up', 'fault', 'check', 'help']],
    ['f', ['fault']],
    ['fault …', ['add', 'help']],
    ['help fau', ['fault']],
    ['up …', []],
    ['up --', ['--fleet', '--fast', '--help', '--no-color']],
    ['up --fast --f', ['--fleet']],
    ['up -f --f', ['--fleet']],
    ['up --fleet …', ['default', 'other']],
    ['up --fleet o', ['other']],
    ['up --fleet=o', ['--fleet=other']],
    ['up --fleet=default --f', ['--fast']],
    ['fault add order:p', ['order:payment']],
    ['fault add order:payment …', ['down', 'latency']],
    ['fault add order:payment down …', []],
    ['--no-color fault add user', ['user:db']],
    ['check calm payment', ['payment-outage']],
    ['check -- -', []],
    ['check --unknown c', ['calm']],
    ['nonsense …', []],
  ])('%s', async (line, expected) => {
    expect(await completed(line)).toEqual(expected);
  });

  it('is told with what it does', async () => {
    const [up] = await candidatesFor(aShop(), ['u'], values);
    expect(up).toEqual({ value: 'up', description: 'start' });
  });

  it('holds every command and every option of the real program', async () => {
    const { program } = aProgram();
    for (const command of leavesOf(program).filter((leaf) => !leaf.name().startsWith('__'))) {
      const path = pathOf(command);
      const commands = await candidatesFor(program, path, values);
      expect(commands.map(({ value }) => value)).toContain(path.at(-1));
      const options = await candidatesFor(program, [...path, '--'], values);
      expect(options.map(({ value }) => value)).toEqual(
        expect.arrayContaining(command.options.map(({ long }) => long)),
      );
    }
  });
});
