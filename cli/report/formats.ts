// Every form in which runs are told, in one table: a new one is a renderer and its line here.
import { renderAnnotations } from './annotations.ts';
import { type PageAssets, renderHtml } from './html/page.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderOpenMetrics } from './open-metrics.ts';
import type { RunSeries } from './run-series.ts';
import { renderRunSummary } from './run-summary.ts';
import { renderSarif } from './sarif.ts';

export interface ReportFormat {
  /** As `--report` names it. */
  readonly name: string;
  /** In a run's folder. */
  readonly file: string;
  readonly render: (series: RunSeries, assets: PageAssets) => string;
  /** A file holds one run and no more. Default false. */
  readonly isSingle?: boolean;
}

export const htmlFile = 'report.html';

export const formats: readonly ReportFormat[] = [
  { name: 'json', file: 'report.json', render: renderJson },
  { name: 'junit', file: 'junit.xml', render: renderJunit },
  { name: 'md', file: 'report.md', render: renderMarkdown },
  { name: 'html', file: htmlFile, render: renderOnlyHtml, isSingle: true },
  { name: 'summary', file: 'summary.md', render: renderRunSummary },
  { name: 'sarif', file: 'report.sarif', render: renderSarif },
  { name: 'openmetrics', file: 'metrics.prom', render: renderOpenMetrics },
  { name: 'annotations', file: 'annotations.txt', render: renderAnnotations },
];

/** What is written where nobody asks for anything else. */
export const standardFormats: readonly string[] = ['json', 'junit', 'md', 'html'];

// --- internal ---

function renderOnlyHtml({ runs }: RunSeries, assets: PageAssets): string {
  const [run] = runs;
  return run === undefined ? '' : renderHtml(run, assets);
}
