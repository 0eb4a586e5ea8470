// The styles and scripts of the HTML pages, as they lie in the package.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../fleet/paths.ts';
import type { PageAssets } from '../report/html/page.ts';

export function pageAssets(): PageAssets {
  const read = (name: string): string =>
    readFileSync(join(packageFolder(), 'cli', 'report', 'html', 'page', name), 'utf8');
  return { style: read('page.css'), page: read('page.js'), timeline: read('timeline.js') };
}
