// `smartorders scenario new`: writes a scenario whose expectations follow from the fault that was chosen.
import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { messageOf, SmartOrdersError, systemCodeOf } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { scenarioJsonSchema } from '../scenario/json-schema.ts';
import { scenarioText } from '../scenario/new/write-scenario.ts';
import { parseScenario } from '../scenario/parse.ts';
import type { Terminal } from '../terminal.ts';
import { makeFolder } from './make-folder.ts';
import { noQuestions, type Questions, questionsOn } from './questions.ts';
import { type DraftFlags, draftFrom, usage } from './scenario-draft.ts';

export interface ScenarioNewOptions extends DraftFlags {
  /** A folder, or a file that ends in .yaml. */
  readonly out: string;
  readonly force?: boolean;
  readonly yes?: boolean;
}

/** `questions` default: the process's terminal. Errors: `new` (3), `exists` (3), `write` (5). */
export async function newScenario(
  name: string | undefined,
  options: ScenarioNewOptions,
  terminal: Terminal,
  questions?: Questions,
): Promise<void> {
  const { out, err, cwd, paint } = terminal;
  using asked = questions ?? (options.yes === true ? noQuestions : questionsOn(terminal));
  const isFile = /\.ya?ml$/.test(options.out);
  const called = name ?? (isFile ? basename(options.out).replace(/\.ya?ml$/, '') : undefined);
  const draft = await draftFrom({ name: called, flags: options, questions: asked, err });
  const file = resolve(cwd, isFile ? options.out : join(options.out, `${draft.name}.yaml`));
  const text = scenarioText(draft);
  const parsed = parseScenario(text, file);
  // What was typed can be a rate or a length that no run can have, or a title with a variable in it.
  const problem = parsed.ok ? undefined : parsed.problems[0];
  if (problem !== undefined) throw usage(`${problem.message}; ${problem.hint ?? 'choose other values'}`);
  const wrote = write(file, text, options.force === true);
  const shown = relative(cwd, file) || file;
  out(`${paint.ok('✔')} wrote ${shown}`);
  if (wrote.schema) out(`  and scenario.schema.json beside it, by which editors complete and check`);
  out('what to do next:');
  for (const verb of ['show', 'run']) out(`  smartorders scenario ${verb} ${quoted(shown)}`);
}

// --- internal ---

function write(file: string, text: string, isForced: boolean): { readonly schema: boolean } {
  const schema = join(dirname(file), 'scenario.schema.json');
  try {
    makeFolder(dirname(file));
    writeFileSync(file, text, { flag: isForced ? 'w' : 'wx' });
    if (existsSync(schema)) return { schema: false };
    writeFileSync(schema, scenarioJsonSchema());
    return { schema: true };
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') {
      throw new SmartOrdersError('exists', `${file} is there already`, {
        exitCode: exitCodes.usage,
        hint: 'give it another name, or --force to write over it',
        cause: error,
      });
    }
    throw new SmartOrdersError('write', `cannot write ${file}: ${messageOf(error)}`, {
      hint: 'name a folder that you may write to with --out',
      cause: error,
    });
  }
}

const quoted = (path: string): string => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);
