// Reads JSON as Go's decoder does: the first value counts and what follows it is ignored, numbers keep their spelling (an
// integer must be written as one), and the texts of syntax errors are Go's. JSON.parse can do none of the three.

export type GoJson =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'number'; readonly literal: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'array'; readonly items: readonly GoJson[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, GoJson])[] };

export class GoJsonError extends Error {}

const deepestNesting = 1000;

export function parseGoJson(text: string): GoJson {
  const reader = new Reader(text);
  reader.skipSpace();
  if (reader.peek() === undefined) throw new GoJsonError('EOF');
  return readValue(reader, 'looking for beginning of value', 0);
}

class Reader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  peek(): string | undefined {
    return this.#text[this.#position];
  }

  next(): string {
    const character = this.#text[this.#position];
    if (character === undefined) throw new GoJsonError('unexpected EOF');
    this.#position += 1;
    return character;
  }

  skipSpace(): void {
    while (isSpace(this.peek())) this.#position += 1;
  }

  /** The next character that is no space. */
  nextSymbol(): string {
    this.skipSpace();
    return this.next();
  }

  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text)?.[0];
    this.#position += found?.length ?? 0;
    return found;
  }
}

const isSpace = (character: string | undefined): boolean =>
  character === ' ' || character === '\t' || character === '\r' || character === '\n';

function fail(character: string, where: string): never {
  const quoted = character === "'" ? "\\'" : character === '"' ? '"' : JSON.stringify(character).slice(1, -1);
  throw new GoJsonError(`invalid character '${quoted}' ${where}`);
}

function readValue(reader: Reader, where: string, depth: number): GoJson {
  if (depth > deepestNesting) throw new GoJsonError('exceeded max depth');
  const first = reader.nextSymbol();
  switch (first) {
    case '{':
      return readObject(reader, depth);
    case '[':
      return readArray(reader, depth);
    case '"':
      return { kind: 'string', value: readString(reader) };
    case 't':
      readWord(reader, 'true');
      return { kind: 'bool', value: true };
    case 'f':
      readWord(reader, 'false');
      return { kind: 'bool', value: false };
    case 'n':
      readWord(reader, 'null');
      return { kind: 'null' };
    default:
      if (first !== '-' && !isDigit(first)) fail(first, where);
      return { kind: 'number', literal: readNumber(reader, first) };
  }
}

function readObject(reader: Reader, depth: number): GoJson {
  const entries: [string, GoJson][] = [];
  reader.skipSpace();
  if (reader.peek() === '}') {
    reader.next();
    return { kind: 'object', entries };
  }
  while (true) {
    const quote = reader.nextSymbol();
    if (quote !== '"') fail(quote, 'looking for beginning of object key string');
    const key = readString(reader);
    const colon = reader.nextSymbol();
    if (colon !== ':') fail(colon, 'after object key');
    entries.push([key, readValue(reader, 'looking for beginning of value', depth + 1)]);
    const separator = reader.nextSymbol();
    if (separator === '}') return { kind: 'object', entries };
    if (separator !== ',') fail(separator, 'after object key:value pair');
  }
}

function readArray(reader: Reader, depth: number): GoJson {
  const items: GoJson[] = [];
  reader.skipSpace();
  if (reader.peek() === ']') {
    reader.next();
    return { kind: 'array', items };
  }
  while (true) {
    items.push(readValue(reader, 'looking for beginning of value', depth + 1));
    const separator = reader.nextSymbol();
    if (separator === ']') return { kind: 'array', items };
    if (separator !== ',') fail(separator, 'after array element');
  }
}

function readWord(reader: Reader, word: string): void {
  for (const expected of word.slice(1)) {
    const got = reader.next();
    if (got !== expected) fail(got, `in literal ${word} (expecting '${expected}')`);
  }
}

const isDigit = (character: string | undefined): boolean =>
  character !== undefined && character >= '0' && character <= '9';

const digits = /\d+/y;

function readNumber(reader: Reader, first: string): string {
  let literal = first;
  if (first === '-') {
    const digit = reader.next();
    if (!isDigit(digit)) fail(digit, 'in numeric literal');
    literal += digit;
  }
  if (!literal.endsWith('0')) literal += reader.match(digits) ?? '';
  if (reader.peek() === '.') literal += reader.next() + readDigits(reader, 'after decimal point in numeric literal');
  if (reader.peek() === 'e' || reader.peek() === 'E') {
    literal += reader.next();
    if (reader.peek() === '+' || reader.peek() === '-') literal += reader.next();
    literal += readDigits(reader, 'in exponent of numeric literal');
  }
  return literal;
}

function readDigits(reader: Reader, where: string): string {
  const found = reader.match(digits);
  return found ?? fail(reader.next(), where);
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const plainText = /[^"\\\p{Cc}]+|[\u007f-\u009f]+/uy;

/** From behind the opening quote to the closing one. */
function readString(reader: Reader): string {
  let value = '';
  while (true) {
    value += reader.match(plainText) ?? '';
    const character = reader.next();
    if (character === '"') return value.toWellFormed();
    if (character === '\\') value += readEscape(reader);
    else if (character < ' ') fail(character, 'in string literal');
    else value += character;
  }
}

function readEscape(reader: Reader): string {
  const code = reader.next();
  if (code !== 'u') return escapes[code] ?? fail(code, 'in string escape code');
  let hex = '';
  while (hex.length < 4) {
    const digit = reader.next();
    if (!/[0-9a-fA-F]/.test(digit)) fail(digit, 'in \\u hexadecimal character escape');
    hex += digit;
  }
  return String.fromCharCode(Number.parseInt(hex, 16));
}
