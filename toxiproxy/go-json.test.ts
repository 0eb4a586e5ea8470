import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GoJson, parseGoJson } from './go-json.ts';

/** What JSON.parse would have made of it. */
function plain(json: GoJson): unknown {
  switch (json.kind) {
    case 'null':
      return null;
    case 'number':
      return Number(json.literal);
    case 'array':
      return json.items.map(plain);
    case 'object':
      return Object.fromEntries(json.entries.map(([key, value]) => [key, plain(value)]));
    default:
      return json.value;
  }
}

test('reads whatever JSON.parse reads, to the same value', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 2), (text, indent) => {
      const spaced = JSON.stringify(JSON.parse(text), null, indent);
      expect(plain(parseGoJson(spaced))).toEqual(JSON.parse(spaced));
    }),
  );
});

test('never fails in another way than with a text for the client', () => {
  const fragment = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    'u00',
    ':',
    ',',
    '1',
    '-',
    '.',
    'e',
    'true',
    'nul',
    ' ',
    '\n',
    'é',
  );
  fc.assert(
    fc.property(fc.array(fragment), (fragments) => {
      try {
        parseGoJson(fragments.join(''));
      } catch (error) {
        expect(error).toHaveProperty('message', expect.stringMatching(/^(unexpected )?EOF$|^invalid character '/));
      }
    }),
  );
});

test('ignores what follows the first value and keeps the spelling of numbers', () => {
  expect(parseGoJson(' 1.50 garbage')).toEqual({ kind: 'number', literal: '1.50' });
  expect(parseGoJson('"\\u00e9\\n\\ud83d\\ude00"')).toEqual({ kind: 'string', value: 'é\n😀' });
});

test.each([
  ['', 'EOF'],
  [' \n', 'EOF'],
  ['{', 'unexpected EOF'],
  ['"abc', 'unexpected EOF'],
  ['x', "invalid character 'x' looking for beginning of value"],
  ['{x', "invalid character 'x' looking for beginning of object key string"],
  ['{"a":1 "b"', "invalid character '\"' after object key:value pair"],
  ['[1 2]', "invalid character '2' after array element"],
  ['trux', "invalid character 'x' in literal true (expecting 'e')"],
  ['-x', "invalid character 'x' in numeric literal"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  ['1ex', "invalid character 'x' in exponent of numeric literal"],
  ['"\\x"', "invalid character 'x' in string escape code"],
  ['"\\u00g0"', "invalid character 'g' in \\u hexadecimal character escape"],
  ['"a\nb"', "invalid character '\\n' in string literal"],
  ["'", "invalid character '\\'' looking for beginning of value"],
  ['['.repeat(100_000), 'exceeded max depth'],
])('%.20j: %s', (text, message) => {
  expect(() => parseGoJson(text)).toThrow(new Error(message));
});
