// A draft → the text of a scenario file that teaches what it does.
import { links } from '../../../services/fleet.ts';
import { formatDuration } from '../duration.ts';
import { faultWords } from '../show/fault-words.ts';
import { ruleWords } from '../show/link-words.ts';
import { capitalised } from '../show/spoken.ts';
import { wrap } from '../show/wrap.ts';
import { type Draft, faultFields, faultOf } from './draft.ts';
import { databaseTimeoutMs, type Effect, effectOf, isDatabase, openForMs, timeoutMs } from './effect.ts';
import { expectationsOf, type Line, warmupMs } from './expectations.ts';

export function scenarioText(draft: Draft): string {
  const effect = effectOf(draft);
  const { thresholds, breakers, recovery } = expectationsOf(draft, effect);
  const { name, title, baselineMs, outageMs, recoveryMs } = draft;
  return [
    '# yaml-language-server: $schema=./scenario.schema.json',
    '#',
    ...comment(head(draft, effect)),
    'version: 1',
    `name: ${name}`,
    `title: ${JSON.stringify(title)}`,
    ...knownLines(draft),
    'seed: 1                 # every random decision of the run comes from it',
    ...fleetLines(draft, effect),
    '',
    ...comment('The same load before the first phase, not judged: a service that has just started is slow.'),
    `warmup: ${formatDuration(warmupMs)}`,
    ...loadLines(draft, effect),
    '',
    'phases:',
    `  - { name: baseline, for: ${formatDuration(baselineMs)} }`,
    '  - name: outage',
    `    for: ${formatDuration(outageMs)}`,
    '    faults:',
    `      - ${flow(faultFields(draft))}`,
    `  - { name: recovery, for: ${formatDuration(recoveryMs)} }`,
    '',
    'expect:',
    ...(thresholds.length === 0 ? [] : ['  thresholds:', ...explained(thresholds, '    ', '- ')]),
    '  breakers:',
    ...explained(breakers, '    '),
    ...(recovery === null
      ? comment('Recovery is not judged: with more load, or a longer last phase, it could be.', '  ')
      : [...comment(recovery.why, '  '), `  recovery: ${recovery.text}`]),
    '',
  ].join('\n');
}

/** What is broken, in a sentence: also a good title. */
export function deedOf(draft: Draft): string {
  const fault = faultOf(draft);
  return fault === null ? draft.fault : capitalised(faultWords(fault));
}

// --- internal ---

const width = 118;

const comment = (text: string, indent = ''): readonly string[] => wrap(text, { width, indent: `${indent}# ` });

function explained(lines: readonly Line[], indent: string, bullet = ''): readonly string[] {
  return lines.flatMap(({ why, text }) => [...comment(why, indent), `${indent}${bullet}${text}`]);
}

const flow = (fields: Readonly<Record<string, string | number>>): string =>
  `{ ${Object.entries(fields)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')} }`;

function head(draft: Draft, { kind, watched }: Effect): string {
  const deed = `${deedOf(draft)}.`;
  const breaker = watched === null ? '' : `the breaker of ${watched}`;
  const consequence = {
    opens: `Every call fails, so ${breaker} opens, refuses what would be in vain, and closes by itself when the fault is over.`,
    staysClosed:
      watched === null ? 'No breaker has anything to do with it.' : `That is no failure, so ${breaker} stays closed.`,
    unknown: `Whether that is enough to open ${breaker} is what a run will show; what is promised holds in any case.`,
  }[kind];
  return `${deed} ${consequence}`;
}

/** The one fault of which this fleet sees too little to be judged under it. */
const knownLines = ({ fault }: Draft): readonly string[] =>
  fault === 'slowClose'
    ? [
        ...comment(
          'Services keep their connections, so few are ever closed: a run sees too little of the fault to judge it.',
        ),
        'known: { verdict: inconclusive, by: [dose] }',
      ]
    : [];

function fleetLines(draft: Draft, { watched }: Effect): readonly string[] {
  const { target } = draft;
  if (watched === null) return [];
  const rule = { rule: 'consecutive', failureThreshold: 3, openForMs } as const;
  const database =
    isDatabase(target) && 'link' in target
      ? [
          ...comment(
            'Shorter than what the callers of the service wait, so that the service itself can say what is wrong.',
            '    ',
          ),
          `    ${target.link}: { timeout: ${formatDuration(databaseTimeoutMs)} }`,
        ]
      : [];
  return [
    '',
    'fleet:',
    '  links:',
    ...comment(`${capitalised(ruleWords(rule))}.`, '    '),
    `    ${watched}: { timeout: ${formatDuration(timeoutMs(watched))}, breaker: { failureThreshold: 3, openFor: ${formatDuration(openForMs)} } }`,
    ...database,
  ];
}

function loadLines({ perSecond }: Draft, { isLookUp, watched }: Effect): readonly string[] {
  const inFlight = Math.max(100, Math.ceil(perSecond * 8));
  const load = (journey: string): string =>
    `{ executor: constant-arrival-rate, rate: ${perSecond}/s, journey: ${journey}, maxInFlight: ${inFlight} }`;
  const open = comment('An open model: who comes next does not wait for the answers to those before.', '  ');
  if (!isLookUp) return ['', 'load:', ...open, `  checkout: ${load('place-order')}`];
  const what = links.find(({ id }) => id === watched)?.callee === 'user' ? 'user' : 'item';
  return [
    '',
    'journeys:',
    ...comment(`An order never goes over ${watched}; this does.`, '  '),
    '  look-up:',
    `    feeders: { ${what}: { from: ${what}s } }`,
    `    steps: [{ name: ${what}, request: "GET /api/${what}s/{${what}}" }]`,
    '',
    'load:',
    ...open,
    `  checkout: ${load('place-order')}`,
    `  look-up: ${load('look-up')}`,
  ];
}
