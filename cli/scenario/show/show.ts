// `scenario show`: a scenario explained in prose and drawn as a timeline. Scenario and file → lines.
import { type Paint, plain } from '../../report/paint.ts';
import type { TextFile } from '../parse.ts';
import type { Scenario } from '../schema.ts';
import { endOf } from '../timeline.ts';
import { ascii, blocks, type Glyphs } from './glyphs.ts';
import { headComment } from './head-comment.ts';
import { journeyWords } from './journey-words.ts';
import { linksUnderTest, linkWords } from './link-words.ts';
import { promises } from './promise-words.ts';
import { listed, spoken } from './spoken.ts';
import { timelineLines } from './timeline-lines.ts';
import { whatHappens } from './what-happens.ts';
import { wrap } from './wrap.ts';

export interface ShowOptions {
  /** Columns. Default 80. */
  readonly width?: number;
  /** Default false. */
  readonly isAscii?: boolean;
  /** Default plain. */
  readonly paint?: Paint;
}

/** `file`: where it is, and its text, whose head comment says what it teaches. */
export function showLines(scenario: Scenario, file: TextFile, options: ShowOptions = {}): readonly string[] {
  const { width = 80, isAscii = false, paint = plain } = options;
  const page: Page = { width, glyphs: isAscii ? ascii : blocks, paint };
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['What it shows', headLines(file, page)],
    ['What happens', happensLines(scenario, page)],
    ['Timeline', timelineLines(scenario, page)],
    ['Under test', linkLines(scenario, page)],
    ['Journeys', journeyLines(scenario, page)],
    ['Promised', promiseLines(scenario, page)],
  ];
  return [
    ...wrap(scenario.title, { width }).map(paint.bold),
    ...wrap(factsOf(scenario, file), { width }).map(paint.dim),
    ...sections.flatMap(([title, lines]) => (lines.length === 0 ? [] : ['', paint.bold(title), ...lines])),
  ];
}

// --- internal ---

const ends = { passed: 'pass', failed: 'fail', inconclusive: 'be inconclusive' } as const;

interface Page {
  readonly width: number;
  readonly glyphs: Glyphs;
  readonly paint: Paint;
}

function factsOf(scenario: Scenario, { path }: TextFile): string {
  const { name, seed, tags, known } = scenario;
  const facts = [
    name,
    path,
    `${spoken(endOf(scenario))} long`,
    `seed ${seed}`,
    ...(tags.length === 0 ? [] : [`tags ${tags.join(', ')}`]),
    `known to ${ends[known.verdict]}${known.by.length === 0 ? '' : ` by ${listed(known.by)}`}`,
  ];
  return facts.join(' | ');
}

const headLines = ({ text }: TextFile, { width }: Page): readonly string[] =>
  headComment(text).flatMap((paragraph, index) => [
    ...(index === 0 ? [] : ['']),
    ...wrap(paragraph, { width, indent: '  ' }),
  ]);

const happensLines = (scenario: Scenario, { width }: Page): readonly string[] =>
  whatHappens(scenario).flatMap(({ text, isInner = false }) =>
    isInner
      ? wrap(text, { width, indent: '      ', first: '    - ' })
      : wrap(text, { width, indent: '    ', first: '  ' }),
  );

const linkLines = (scenario: Scenario, { width, paint }: Page): readonly string[] =>
  linksUnderTest(scenario).flatMap((link) => [
    `  ${paint.bold(link.id)}`,
    ...wrap(linkWords(link, scenario).join(' '), { width, indent: '    ' }),
  ]);

const journeyLines = ({ load, journeys }: Scenario, { width, paint }: Page): readonly string[] =>
  Object.entries(journeys)
    .filter(([name]) => name !== 'place-order' && Object.values(load).some(({ journey }) => journey === name))
    .flatMap(([name, journey]) => [
      ...wrap(name, { width, indent: '  ' }).map(paint.bold),
      ...journeyWords(journey).flatMap((text) =>
        wrap(text, { width, indent: /^\d/.test(text) ? '       ' : '    ', first: '    ' }),
      ),
    ]);

const promiseLines = (scenario: Scenario, { width, paint }: Page): readonly string[] =>
  promises(scenario).flatMap(({ sentence, written }) => [
    ...wrap(sentence, { width, indent: '    ', first: '  - ' }),
    ...wrap(written, { width, indent: '      ' }).map(paint.dim),
  ]);
