// Text in lines of at most so many characters.

export interface WrapOptions {
  readonly width: number;
  /** Before every line. Default none. */
  readonly indent?: string;
  /** Before the first line instead; as long as `indent`. */
  readonly first?: string;
}

/** No line is wider than `width`: a word that is longer is cut. */
export function wrap(text: string, { width, indent = '', first = indent }: WrapOptions): readonly string[] {
  const room = Math.max(1, width - indent.length);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((whole) => pieces(whole, room))) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines.map((each, index) => (index === 0 ? first : indent) + each);
}

export const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}~`.slice(0, Math.max(0, width));

// --- internal ---

const pieces = (word: string, room: number): readonly string[] =>
  word === ''
    ? []
    : Array.from({ length: Math.ceil(word.length / room) }, (_, i) => word.slice(i * room, (i + 1) * room));
