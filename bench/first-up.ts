// The state of a machine that has never seen a fleet: nothing cached. As root, template and binaries live under a folder that
// all fleets share, so they are put aside while none is using them, and put back.
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { databaseRoot } from '../cli/fleet/paths.ts';

/** null: another fleet lives on what would have to be put aside. */
export function forgetDatabase(env: NodeJS.ProcessEnv): Disposable | null {
  const shared = databaseRoot(env);
  if (readdirSync(shared).some((entry) => entry.endsWith('-database'))) return null;
  const entries = readdirSync(shared).filter((entry) => /^(template|postgres)-/.test(entry));
  const aside = mkdtempSync(join(shared, 'aside-'));
  for (const entry of entries) renameSync(join(shared, entry), join(aside, entry));
  return {
    [Symbol.dispose]: () => {
      for (const entry of entries) {
        // What the measurement made anew is as good as what it found.
        if (!existsSync(join(shared, entry))) renameSync(join(aside, entry), join(shared, entry));
      }
      rmSync(aside, { recursive: true, force: true });
    },
  };
}
