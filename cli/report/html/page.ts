// The report as one HTML file: it needs no network, no other file, and for all but zoom and cursor no script.
import type { RunResult } from '../../verdict/run-result.ts';
import { shown } from '../standing.ts';
import { head } from './head.ts';
import { links } from './links.ts';
import { type Content, html, type Markup, raw } from './markup.ts';
import { reproduce, scenarioText } from './reproduce.ts';
import { evidence, expectations, faults, invariants, phases, transitions } from './sections.ts';
import { timeline } from './timeline.ts';
import { times } from './times.ts';

/** The texts of page/: read where files are read, since a renderer reads none. */
export interface PageAssets {
  readonly style: string;
  readonly page: string;
  readonly timeline: string;
}

export const renderHtml = (result: RunResult, assets: PageAssets): string => {
  const parts = [
    head(result),
    timeline(result),
    expectations(result),
    phases(result),
    faults(result),
    times(result),
    links(result),
    invariants(),
    evidence(result),
    transitions(result),
    reproduce(result),
    scenarioText(result),
  ];
  const title = `${shown(result.verdict)}: ${result.scenario.name}`;
  const scripts = [assets.page, assets.timeline];
  return documentOf({
    title,
    style: assets.style,
    scripts,
    body: html`${parts.map((part) => html`${part}\n`)}</main>`,
  });
};

export interface Document {
  readonly title: string;
  readonly style: string;
  readonly scripts: readonly string[];
  readonly body: Content;
}

export const documentOf = ({ title, style, scripts, body }: Document): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>
${raw(style)}</style>
</head>
<body>
${body}
${scripts.map(inline)}</body>
</html>
`.markup;

// --- internal ---

const inline = (script: string): Markup => html`<script type="module">
${raw(script)}</script>
`;
