// The version of the installed package.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageFolder } from './fleet/paths.ts';

const packageSchema = z.object({ version: z.string() });

export const version = (): string =>
  packageSchema.parse(JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8'))).version;
