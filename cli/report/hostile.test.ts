// Whatever a scenario or a journal says, a report stays a report.
import { describe, expect, it } from 'vitest';
import { renderAnnotations } from './annotations.ts';
import { formats } from './formats.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderOpenMetrics } from './open-metrics.ts';
import { plain } from './paint.ts';
import { onlyRun, type RunSeries } from './run-series.ts';
import { renderRunSummary } from './run-summary.ts';
import { renderSarif } from './sarif.ts';
import { summaryLines } from './summary.ts';
import { hostileRun, hostileTexts } from './testing/hostile-run.ts';
import { noAssets } from './testing/no-assets.ts';

/** What would move a cursor, turn a line round, or be no character at all. */
const unseen = /(?!\n)[\p{Cc}\p{Bidi_Control}\p{Surrogate}\u{2028}\u{2029}]/u;

const renderOnly = (name: string, series: RunSeries): string =>
  formats.find((format) => format.name === name)?.render(series, noAssets) ?? '';

describe.each(hostileTexts.map((text) => [JSON.stringify(text), text] as const))('%s', (_, text) => {
  const run = hostileRun(text);
  const series = onlyRun(run);

  it.each(formats.filter(({ name }) => name !== 'json'))('$name shows every character that it has', ({ render }) => {
    expect(render(series, noAssets)).not.toMatch(unseen);
  });

  it('HTML: as many elements as without it, each with the attributes that it has', () => {
    const elements = (page: string): readonly string[] =>
      [...page.matchAll(/<(\/?[a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(
        ([, name = '', values = '']) =>
          `${name} ${[...values.matchAll(/([a-z-]+)="/gi)].map(([, key]) => key).join(' ')}`,
      );
    const page = renderOnly('html', series);

    expect(elements(page)).toEqual(elements(renderOnly('html', onlyRun(hostileRun('harmless')))));
    expect(elements(page).length).toBeGreaterThan(400);
    // Nothing else opens one; in scripts stands no `<` of any text.
    expect(page.match(/<(?!\/?[a-z]|!doctype)/gi)).toBeNull();
  });

  it('JSON says it letter by letter', () => {
    expect(JSON.parse(renderJson(series)).scenario.title).toBe(JSON.parse(JSON.stringify(text)));
  });

  it('JUnit: as many tags as without it, each escaped', () => {
    const tags = (xml: string): readonly string[] =>
      [...xml.matchAll(/<\/?([a-z]+)(?: [a-z]+="[^"<>\n]*")*\/?>/g)].map(([, name = '']) => name);
    const xml = renderJunit(series);

    expect(tags(xml)).toEqual(tags(renderJunit(onlyRun(hostileRun('harmless')))));
    expect(xml.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot|#\d+);)/);
  });

  it.each([
    ['the report', renderMarkdown],
    ['the summary', renderRunSummary],
  ])('Markdown, %s: as many lines and cells as without it, and no tag', (_name, render) => {
    const outside = (markdown: string): readonly string[] => {
      let fence: string | null = null;
      return markdown.split('\n').filter((line) => {
        const isEdge = fence === null ? /^`{3,}$/.test(line) : line === fence;
        if (isEdge) fence = fence === null ? line : null;
        return fence === null && !isEdge;
      });
    };
    const cells = (lines: readonly string[]) => lines.map((line) => (line.match(/(?<!\\)\|/g) ?? []).length);
    const lines = outside(render(series));

    expect(cells(lines)).toEqual(cells(outside(render(onlyRun(hostileRun('harmless'))))));
    expect(lines.filter((line) => /(?<!`.*)<[a-z/!?]|(?<!\\)\]\(/i.test(line))).toEqual([]);
  });

  it('annotations: one command a line, and nothing after it that is one', () => {
    const lines = renderAnnotations(series).trimEnd().split('\n');

    expect(lines).toHaveLength(
      renderAnnotations(onlyRun(hostileRun('harmless')))
        .trimEnd()
        .split('\n').length,
    );
    for (const line of lines) {
      expect(line).toMatch(/^::(error|warning) (file|line|col|title)=[^:,]*(,(file|line|col|title)=[^:,]*)*::/);
      expect(line.replaceAll(/%(25|0A|0D|3A|2C)/g, '')).not.toContain('%');
    }
  });

  it('SARIF: JSON, with URIs that are URIs', () => {
    const log = JSON.parse(renderSarif(series));
    const uris = log.runs[0].results.map(
      (result: { locations: readonly { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
        result.locations[0]?.physicalLocation.artifactLocation.uri,
    );

    expect(uris.length).toBeGreaterThan(0);
    for (const uri of uris) expect(uri).toMatch(/^(file:\/\/)?[\w\-.!~*'()/%]*$/);
  });

  it('OpenMetrics: every line is a sample or a comment of its own, the last one EOF', () => {
    const lines = renderOpenMetrics(series).trimEnd().split('\n');
    const sample =
      /^smartorders_[a-z_]+\{[a-z]+="(\\[\\"n]|[^"\\])*"(,[a-z]+="(\\[\\"n]|[^"\\])*")*\} -?\d+(\.\d+)?(e[+-]\d+)?$/;

    expect(lines.filter((line) => !sample.test(line) && !/^# (TYPE|UNIT|HELP) smartorders_/.test(line))).toEqual([
      '# EOF',
    ]);
    const keys = lines.filter((line) => sample.test(line)).map((line) => line.slice(0, line.lastIndexOf(' ')));
    expect(new Set(keys).size).toBe(keys.length);
    expect(Math.max(...keys.map(({ length }) => length))).toBeLessThan(1_000);
  });

  it('the terminal: as many lines as without it, none of which is a command of GitHub’s', () => {
    const lines = summaryLines(run, plain);

    expect(lines).toHaveLength(summaryLines(hostileRun('harmless'), plain).length);
    expect(lines.filter((line) => unseen.test(line) || line.includes('\n') || /^\s*::|##\[/.test(line))).toEqual([]);
  });
});
