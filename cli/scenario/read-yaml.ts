// A YAML file as a document whose problems can be placed, or the problems that keep it from being one.
import { type Document, LineCounter, parseDocument } from 'yaml';
import { messageAndHint } from './message-and-hint.ts';
import type { Position, Problem } from './position.ts';
import { unreadable } from './unreadable.ts';

interface Refused {
  readonly ok: false;
  readonly problems: readonly Problem[];
}

export interface YamlFile {
  readonly ok: true;
  readonly document: Document;
  readonly lines: LineCounter;
  /** `whole` reads `what is wrong; what to do`. */
  readonly problem: (whole: string, at: Position) => Problem;
  /** As plain values. Aliases can fail this late: unknown ones, and those that unfold without end. */
  readonly plain: () => { readonly ok: true; readonly raw: unknown } | Refused;
}

export function readYaml({ path: file, text }: { readonly path: string; readonly text: string }): YamlFile | Refused {
  const problem = problemsOf(text, file);
  const refuse = (whole: string): Refused => ({ ok: false, problems: [problem(whole, start)] });
  if (text.length > longest) return refuse(tooLong);
  const lines = new LineCounter();
  const document = documentOf(text, lines);
  if (document === undefined) return refuse(tooDeep);
  if (document.errors.length > 0) {
    const problems = document.errors.slice(0, mostErrors).map(({ message, pos }) => {
      const { line, col } = lines.linePos(pos[0]);
      return problem(firstLine(message), { line: Math.max(1, line), column: Math.max(1, col) });
    });
    return { ok: false, problems };
  }
  const useless = unreadable(document, lines);
  if (useless.length > 0) return { ok: false, problems: useless.map((at) => problem(at.message, at)) };
  const plain: YamlFile['plain'] = () => {
    try {
      return { ok: true, raw: document.toJS() };
    } catch (error) {
      return refuse(error instanceof Error ? firstLine(error.message) : String(error));
    }
  };
  return { ok: true, document, lines, problem, plain };
}

// --- internal ---

const start: Position = { line: 1, column: 1 };

/** Characters. A scenario has a few thousand; YAML made to be slow to read needs more. */
const longest = 50_000;
const tooLong = `more than ${longest / 1_000}k characters are not read; a scenario has a few thousand`;

/** What follows from the first error of the YAML itself says nothing new, and each is told with its line. */
const mostErrors = 50;

const tooDeep = 'nested too deep to be read';

/** undefined: it nests so deep that the YAML parser, which calls itself for every level, runs out of stack; it may say so itself. */
function documentOf(text: string, lineCounter: LineCounter): Document | undefined {
  try {
    const document = parseDocument(text, { lineCounter, logLevel: 'error', prettyErrors: false });
    return document.errors.some(({ message }) => /stack/i.test(message)) ? undefined : document;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const firstLine = (message: string): string => message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? message;

function problemsOf(text: string, file: string): YamlFile['problem'] {
  const source = text.split(/\r?\n/);
  return (whole, { line, column }) => {
    const parts = messageAndHint(whole);
    return { file, line, column, ...parts, excerpt: source[line - 1] ?? '' };
  };
}
