// The ways in which a scenario file is spoilt. Pure: a text and a source of numbers in, a text out.
type Draw = () => number;
/** `other`: another file, to splice with. */
export type Mutation = (text: string, draw: Draw, other: string) => string;

export const below = (draw: Draw, count: number): number => Math.floor(draw() * count);

export function pick<T>(draw: Draw, [first, ...rest]: readonly [T, ...T[]]): T {
  return rest[below(draw, rest.length + 1) - 1] ?? first;
}

export const mutations: Readonly<Record<string, Mutation>> = {
  'delete a line': onLine((lines, at) => lines.toSpliced(at, 1)),
  'duplicate a line': onLine((lines, at) => lines.toSpliced(at, 0, lines[at] ?? '')),
  'swap two lines': onLine((lines, at, draw) => {
    const to = below(draw, lines.length);
    return lines.with(at, lines[to] ?? '').with(to, lines[at] ?? '');
  }),
  indent: onLine((lines, at, draw) => lines.with(at, `${pick(draw, [' ', '  ', '    ', '\t', ' \t'])}${lines[at]}`)),
  outdent: onLine((lines, at, draw) => lines.with(at, (lines[at] ?? '').slice(1 + below(draw, 4)))),
  'replace a scalar': (text, draw) => replaceScalar(text, draw, () => pick(draw, scalars)),
  'make a scalar huge': (text, draw) =>
    replaceScalar(text, draw, () =>
      pick(draw, ['x', '9', 'é', '- ', '[', '{a: ', '"', '\\']).repeat(1 << below(draw, 17)),
    ),
  'put something before a scalar': (text, draw) =>
    replaceScalar(text, draw, (scalar) => `${pick(draw, prefixes)}${scalar}`),
  'insert a key': onLine((lines, at, draw) =>
    lines.toSpliced(at, 0, `${/^\s*/.exec(lines[at] ?? '')?.[0]}${pick(draw, entries)}`),
  ),
  'insert a character': (text, draw) => insertAt(text, below(draw, text.length + 1), pick(draw, characters)),
  'delete characters': (text, draw) => {
    const at = below(draw, text.length + 1);
    return text.slice(0, at) + text.slice(at + 1 + below(draw, 8));
  },
  'random bytes': (text, draw) => {
    const bytes = Array.from({ length: 1 + below(draw, 40) }, () => String.fromCharCode(below(draw, 256)));
    return insertAt(text, below(draw, text.length + 1), bytes.join(''));
  },
  splice: (text, draw, other) => text.slice(0, below(draw, text.length)) + other.slice(below(draw, other.length)),
  truncate: (text, draw) => text.slice(0, below(draw, text.length)),
  'other line ends': (text, draw) => text.replaceAll('\n', pick(draw, ['\r\n', '\r', '\n\r', '\u2028', '\u0085'])),
  'byte order mark': (text) => `\uFEFF${text}`,
  'nest deeply': (text, draw) => {
    const depth = 1 << below(draw, 14);
    const [open, close] = pick(draw, [
      ['[', ']'],
      ['{ a: ', ' }'],
      ['- ', ''],
      ['? ', ''],
    ]);
    return `${text}\ndeep: ${open === '- ' || open === '? ' ? '\n  ' : ''}${open.repeat(depth)}1${close.repeat(depth)}\n`;
  },
  'another document': (text, draw, other) =>
    `${text}${pick(draw, ['---\n', '...\n', '--- |\n', '%YAML 1.1\n---\n'])}${other}`,
};

// --- internal ---

function onLine(change: (lines: readonly string[], at: number, draw: Draw) => readonly string[]): Mutation {
  return (text, draw) => {
    const lines = text.split('\n');
    return change(lines, below(draw, lines.length), draw).join('\n');
  };
}

const insertAt = (text: string, at: number, what: string): string => text.slice(0, at) + what + text.slice(at);

function replaceScalar(text: string, draw: Draw, by: (scalar: string) => string): string {
  const found = [...text.matchAll(/(?<=[:[{,-] )[^\s,[\]{}#]+/g)];
  const match = found[below(draw, found.length)];
  if (match === undefined) return text;
  const [scalar] = match;
  return text.slice(0, match.index) + by(scalar) + text.slice(match.index + scalar.length);
}

const scalars = [
  ...[
    '0',
    '1',
    '-1',
    '1.5',
    '1e400',
    '.inf',
    '-.inf',
    '.nan',
    '0x10',
    '0o17',
    '1_000',
    '4294967296',
    '9007199254740993',
  ],
  ...['null', '~', '', 'true', 'no', 'off', '""', "''", '"\\u0000"', '"\\x07"', '"\\ud800"', '"unclosed', "'unclosed"],
  ...[
    '0s',
    '0.0001ms',
    '-3s',
    '3 s',
    '3S',
    `${'9'.repeat(400)}s`,
    `${'9'.repeat(400)}m`,
    '1/s',
    '0/s',
    `${'9'.repeat(400)}/s`,
  ],
  ...[
    '100%',
    '0%',
    'p(99)',
    'p(100)',
    '>=',
    '->',
    'order->',
    '->payment',
    'order->payment',
    'order:payment',
    'order->db',
  ],
  ...['closed', 'halfOpen', '...', 'warmup', 'latency', 'decline', '__proto__', 'constructor', '$', '{{'],
  ...['ünïcödé', '👩‍👩‍👧', '\u202Egnp', 'e\u0301', '\ud800', '\ufffe', '日本語', '\u2028', '\u00a0', 'K', 'ſ'],
  ...[
    '&a',
    '*a',
    '&a *a',
    '&a [*a]',
    '&a { b: *a }',
    '!!str',
    '!!int x',
    '!!binary ====',
    '!foo bar',
    '!',
    '|',
    '>-',
    '|9',
    '@x',
    '`x`',
  ],
  ...[
    '[]',
    '{}',
    '[,]',
    '{,}',
    '[[',
    ']]',
    '{{',
    '}}',
    '[1, [2]]',
    '{ a: { b: c } }',
    '? a',
    '- a',
    'a: b',
    '# a',
    'a #b',
    '%',
  ],
] as const;

const prefixes = [
  '&a ',
  '*a ',
  '*',
  '&',
  '!!str ',
  '!!set ',
  '!x ',
  '? ',
  '- ',
  ': ',
  '| ',
  '>\n  ',
  '"',
  "'",
  '[',
  '{ ',
  '# ',
  '\t',
  '\0',
] as const;

const entries = [
  ...[
    '<<: *a',
    '<<: { name: x }',
    '<<: [*a, *b]',
    'a: &a { b: c }',
    'a: &a [*a]',
    'b: *a',
    '? [x]',
    '- x',
    '__proto__: { a: 1 }',
  ],
  ...[
    'x: &x [a, a]\ny: &y [*x, *x, *x, *x, *x, *x, *x, *x]\nz: &z [*y, *y, *y, *y, *y, *y, *y, *y]\nseed: [*z, *z, *z, *z, *z, *z, *z, *z]',
  ],
  ...[
    'title: |\n  a\n b',
    'title: >\n\n\n',
    'name:',
    'name: a: b',
    'phases: *b',
    'version: 1',
    'toString: 1',
    '"": 1',
    '1: 1',
    '!!x y: z',
  ],
] as const;

const characters = [
  ':',
  ' ',
  '\n',
  '\t',
  '-',
  '?',
  ',',
  '[',
  ']',
  '{',
  '}',
  '#',
  '&',
  '*',
  '!',
  '|',
  '>',
  "'",
  '"',
  '%',
  '@',
  '`',
  '\\',
  '\0',
  '\r',
  '\uFEFF',
  '\u2028',
  '\ud83d',
  '0',
  'e',
] as const;
