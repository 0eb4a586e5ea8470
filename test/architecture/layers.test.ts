// The layer rules of biome.json, shown to bite: files that break them are planted beside a copy of the rules.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Import {
  readonly from: string;
  readonly of: string;
}

const forbidden: readonly Import[] = [
  { from: 'cli/scenario', of: 'node:fs' },
  { from: 'cli/verdict', of: 'undici' },
  { from: 'cli/report', of: 'chalk' },
  { from: 'cli/compare', of: 'node:fs' },
  { from: 'cli/metrics', of: '../runner/run.ts' },
  { from: 'cli/scenario', of: '../fleet/fleet.ts' },
  { from: 'cli/report', of: '../../services/shared/link.ts' },
  { from: 'cli/runner', of: '../fleet/fleet.ts' },
  { from: 'cli/runner', of: '../commands/up.ts' },
  { from: 'cli/runner', of: '../program/context.ts' },
  { from: 'cli/scenario', of: '../program/context.ts' },
  { from: 'cli/runner', of: 'undici' },
  { from: 'cli/dashboard', of: '../fleet/fleet.ts' },
  { from: 'cli/dashboard', of: '../commands/up.ts' },
  { from: 'cli/dashboard', of: 'node:fs' },
  { from: 'cli/fleet', of: '../../services/shared/link.ts' },
  { from: 'cli/commands', of: '../../toxiproxy/server.ts' },
  { from: 'cli/commands', of: 'opossum' },
  { from: 'cli/program', of: 'opossum' },
  { from: 'services/order', of: '../../cli/errors.ts' },
  { from: 'services/shared', of: 'opossum' },
  { from: 'toxiproxy', of: '../services/fleet.ts' },
];

const allowed: readonly Import[] = [
  { from: 'cli/scenario', of: '../../services/fleet.ts' },
  { from: 'cli/runner', of: '../scenario/plan.ts' },
  { from: 'cli/dashboard', of: '../verdict/result.ts' },
  { from: 'cli/dashboard', of: '../../services/fleet.ts' },
  { from: 'cli/fleet', of: '../../services/contract/admin.ts' },
  { from: 'services/order', of: '../shared/link.ts' },
];

/** The imports that the linter refuses. */
function refused(imports: readonly Import[]): readonly Import[] {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-layers-'));
  try {
    copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
    for (const [index, { from, of }] of imports.entries()) {
      const file = join(folder, from, `planted-${index}.ts`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `import { anything } from '${of}';\n\nexport const used = anything;\n`);
    }
    const options = ['lint', '--vcs-enabled=false', '--only=style/noRestrictedImports', '--max-diagnostics=none'];
    const { stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/biome'), options, {
      cwd: folder,
      encoding: 'utf8',
    });
    const told = new Set([...(stdout + stderr).matchAll(/planted-(\d+)\.ts:/g)].map(([, index]) => Number(index)));
    return imports.filter((_, index) => told.has(index));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it('refuses every import that points up or around', () => {
  expect(refused(forbidden)).toEqual(forbidden);
});

it('refuses none that points down', () => {
  expect(refused(allowed)).toEqual([]);
});
