// The sample report that is committed: what a run that failed looks like, out of its recorded journal.
import { pageAssets } from '../../cli/commands/page-assets.ts';
import { formats } from '../../cli/report/formats.ts';
import { onlyRun } from '../../cli/report/run-series.ts';
import { recorded } from '../support/recorded.ts';

export const sampleFolder = new URL('../../reports/sample/', import.meta.url);

const shown: readonly string[] = ['html', 'md'];

/** By file name. */
export function sampleFiles(): Readonly<Record<string, string>> {
  const series = onlyRun(recorded('failed'));
  const assets = pageAssets();
  return Object.fromEntries(
    formats.filter(({ name }) => shown.includes(name)).map(({ file, render }) => [file, render(series, assets)]),
  );
}
