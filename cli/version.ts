// The version of the installed package, and of the Node that it needs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageFolder } from './fleet/paths.ts';

const packageSchema = z.object({ version: z.string(), engines: z.object({ node: z.string() }) });

const ownPackage = (): z.infer<typeof packageSchema> =>
  packageSchema.parse(JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')));

export const version = (): string => ownPackage().version;

/** `major.minor`. */
export const neededNode = (): string => ownPackage().engines.node.replace('>=', '');
