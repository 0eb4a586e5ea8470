// An editor with a scenario file open: what is marked, offered and explained in it. A text's cursor is written as ‸.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { root } from './cli.ts';
import { startLanguageServer } from './language-server.ts';

export interface Marked {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export interface Editor extends AsyncDisposable {
  marked(text: string): Promise<readonly Marked[]>;
  /** What is offered at the cursor. */
  offered(text: string): Promise<readonly string[]>;
  /** What is shown at the cursor. */
  shown(text: string): Promise<string>;
}

export const modeline = '# yaml-language-server: $schema=./scenario.schema.json\n';

export async function openEditor(): Promise<Editor> {
  const server = await startLanguageServer();
  let opened = 0;
  const nextUri = (): string => pathToFileURL(join(root, 'scenarios', `opened-${++opened}.yaml`)).href;
  const open = (uri: string, text: string): void =>
    server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  const ask = (method: string, text: string): Promise<unknown> => {
    const uri = nextUri();
    const [before = '', after = ''] = text.split('‸');
    const lines = before.split('\n');
    open(uri, `${before}${after}`);
    return server.request(method, {
      textDocument: { uri },
      position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
    });
  };
  return {
    marked: async (text) => {
      const uri = nextUri();
      const published = server.notified('textDocument/publishDiagnostics', publishedSchema(uri));
      open(uri, text);
      const { diagnostics } = await published;
      return diagnostics.map(({ range, message }) => ({ line: range.start.line + 1, message }));
    },
    offered: async (text) =>
      completionSchema.parse(await ask('textDocument/completion', text)).items.map(({ label }) => label),
    shown: async (text) => hoverSchema.parse(await ask('textDocument/hover', text))?.contents.value ?? '',
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

// --- internal ---

const publishedSchema = (uri: string) =>
  z.object({
    uri: z.literal(uri),
    diagnostics: z.array(z.object({ message: z.string(), range: z.object({ start: z.object({ line: z.int() }) }) })),
  });
const completionSchema = z.object({ items: z.array(z.object({ label: z.string() })) });
const hoverSchema = z.object({ contents: z.object({ value: z.string() }) }).nullable();
