// A copy of the checkout to plant faults in: what git knows or would add, with the checkout's node_modules.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface WorkingCopy extends Disposable {
  readonly folder: string;
  /** Puts `change`d text in a file's place, until disposed. */
  edit(file: string, change: (source: string) => string): Disposable;
  /** Compiles to `dist/`; throws with the compiler's words. */
  build(): Promise<void>;
}

export async function copyCheckout(root: string): Promise<WorkingCopy> {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-mutants-'));
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const { stdout } = await run('git', list, { cwd: root, maxBuffer: 2 ** 24 });
  // What is deleted but not committed so is still listed.
  const files = [...new Set(stdout.split('\0'))].filter((file) => file !== '' && existsSync(join(root, file)));
  for (const file of files) cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return {
    folder,
    edit: (file, change) => {
      const path = join(folder, file);
      const source = readFileSync(path, 'utf8');
      writeFileSync(path, change(source));
      return { [Symbol.dispose]: () => writeFileSync(path, source) };
    },
    build: async () => {
      const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
      await run(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: folder }).catch((error: unknown) => {
        const words = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
        throw new Error(`does not build: ${words.trim()}`, { cause: error });
      });
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
