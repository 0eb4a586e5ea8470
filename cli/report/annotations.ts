// GitHub's workflow commands: a line of output that becomes a mark at the line of the scenario that made the promise.
// What has to be escaped differs between the message and the properties before it. With `--known`: what is as known is a notice.
import type { Judgement } from '../verdict/judgement.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { isBroken, notHeld, saidOf } from './parts.ts';
import { isAsKnown, type NumberedRun, numbered, type RunSeries } from './run-series.ts';
import { visible } from './visible.ts';

/** Errors first: GitHub shows ten of each kind for a step. Empty where all is well. */
export function renderAnnotations(series: RunSeries): string {
  const all = numbered(series).flatMap(annotationsOf);
  const sorted = levels.flatMap((level) => all.filter((each) => each.level === level));
  return sorted.map((annotation) => `${line(annotation)}\n`).join('');
}

// --- internal ---

const levels = ['error', 'warning', 'notice'] as const;

interface Annotation {
  readonly level: (typeof levels)[number];
  readonly properties: Readonly<Record<string, string | number>>;
  readonly message: string;
}

function annotationsOf(one: NumberedRun): readonly Annotation[] {
  const told = whatIsWrong(one);
  if (isAsKnown(one)) return told.map((each) => ({ ...each, level: 'notice', message: `as known: ${each.message}` }));
  const { difference = null, run, suite } = one;
  if (difference === null || told.some(({ level }) => level === 'error')) return told;
  const unknown = { ...fileOf(run.scenario), title: `${suite}: not as known` };
  return [...told, { level: 'error', properties: unknown, message: `${difference}${again(run.command)}` }];
}

function whatIsWrong({ run, suite }: NumberedRun): readonly Annotation[] {
  const told = isBroken(run.verdict) ? [] : notHeld(run).map((judgement) => ofJudgement(judgement, run, suite));
  const isTold = run.verdict === 'passed' || told.length > 0;
  return isTold ? told : [ofRun(run, suite)];
}

function ofJudgement(judgement: Judgement, { scenario, command }: RunResult, suite: string): Annotation {
  const { standing, title, position } = judgement;
  const place = position === undefined ? {} : { line: position.line, col: position.column };
  return {
    level: standing === 'failed' ? 'error' : 'warning',
    properties: { ...fileOf(scenario), ...place, title: `${suite}: ${title}` },
    message: `${standing}: ${saidOf(judgement)}${again(command)}`,
  };
}

const ofRun = ({ scenario, verdict, reason, command }: RunResult, suite: string): Annotation => ({
  level: isBroken(verdict) ? 'error' : 'warning',
  properties: { ...fileOf(scenario), title: `${suite}: ${verdict}` },
  message: `${reason}${again(command)}`,
});

const fileOf = ({ path }: RunResult['scenario']) => (path === '' ? {} : { file: path });

const again = (command: string): string => (command === '' ? '' : `\nagain: ${command}`);

function line({ level, properties, message }: Annotation): string {
  const places = Object.entries(properties).map(([name, value]) => `${name}=${propertyText(String(value))}`);
  return `::${level} ${places.join(',')}::${messageText(message)}`;
}

const messageText = (text: string): string =>
  visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const propertyText = (text: string): string => messageText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
