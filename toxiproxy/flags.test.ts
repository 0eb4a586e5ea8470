import { expect, test } from 'vitest';
import { parseFlags } from './flags.ts';

const defaults = { host: 'localhost', port: 8474, showVersion: false };

test.each([
  [[], defaults],
  [['-host', '0.0.0.0', '--port=1234'], { ...defaults, host: '0.0.0.0', port: 1234 }],
  [['-version'], { ...defaults, showVersion: true }],
  [['-version=false', '-port', '0'], { ...defaults, port: 0 }],
  [['stop', '-port', '1'], defaults],
])('%j', (args, flags) => {
  expect(parseFlags(args)).toEqual({ kind: 'flags', flags });
});

test.each([
  [['-nonsense'], 'flag provided but not defined: -nonsense'],
  [['-port'], 'flag needs an argument: -port'],
  [['-port', '70000'], 'invalid value "70000" for flag -port: must be 0 to 65535'],
])('%j: %s', (args, message) => {
  expect(parseFlags(args)).toEqual({ kind: 'problem', message });
});

test('-help asks for the usage', () => {
  expect(parseFlags(['--help'])).toEqual({ kind: 'help' });
});
