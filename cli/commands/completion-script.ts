// `smartorders completion <shell>`: the script of that shell. It knows no command: it asks `__complete` with the words so far.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../fleet/paths.ts';

export const completionScript = (shell: string): string =>
  readFileSync(join(packageFolder(), 'completions', `smartorders.${shell}`), 'utf8').trimEnd();
