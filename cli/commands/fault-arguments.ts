// `latency order:payment latency=2s jitter=100ms` → the map that a scenario would write. The words and the errors are the schema's.
import { serviceNames } from '../../services/fleet.ts';
import { SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { faultSchema } from '../scenario/fault.ts';
import { linkOf } from '../scenario/fields.ts';
import { cutByTheShell } from '../scenario/link-argument.ts';
import { type MessageAndHint, messageAndHint } from '../scenario/message-and-hint.ts';

export interface FaultArguments {
  readonly type: string;
  readonly target: string;
  /** `key=value` each. */
  readonly settings: readonly string[];
}

/** Errors: `fault` (3), with everything that is wrong. */
export function rawFaultOf({ type, target, settings }: FaultArguments): Readonly<Record<string, unknown>> {
  const place = placeOf(type);
  checkTarget(type, target, place);
  const raw = { type, [place]: target, ...valuesOf(settings, ['type', place]) };
  const { error } = faultSchema.safeParse(raw);
  if (error !== undefined) throw wrong(error.issues.flatMap(problemsOf));
  return raw;
}

// --- internal ---

type Place = 'link' | 'service';

/** Settings that place a fault in a phase: by hand there is none. */
const ofAPhase: Readonly<Record<string, string>> = {
  after: 'a fault by hand begins at once',
  for: 'is an option here, such as --for 10s',
};

/** A type that is told to be alone says itself what it misses. */
function placeOf(type: string): Place {
  const issues = faultSchema.safeParse({ type }).error?.issues ?? [];
  const unknown = issues.find(({ path }) => path.length === 0 || path[0] === 'type');
  if (unknown !== undefined) throw wrong([unknown.message]);
  return issues.some(({ path }) => path[0] === 'link') ? 'link' : 'service';
}

function checkTarget(type: string, target: string, place: Place): void {
  const cut = cutByTheShell(target);
  if (cut !== null) {
    const { message, hint } = messageAndHint(cut);
    throw new SmartOrdersError('fault', message, { exitCode: exitCodes.usage, hint });
  }
  const isService = serviceNames.some((name) => name === target);
  if (place === 'link' && isService)
    throw wrong([`${type} is set on a link such as order:payment, and ${target} is a service`]);
  if (place === 'service' && linkOf(target) !== undefined)
    throw wrong([`${type} is set in a service such as payment, and ${target} is a link`]);
}

/** As a shell takes a link as it is. */
const inShell = (text: string): string => text.replaceAll('->', ':');

function valuesOf(settings: readonly string[], taken: readonly string[]): Readonly<Record<string, unknown>> {
  const values = new Map<string, unknown>();
  const problems: string[] = [];
  for (const setting of settings) {
    const [, key, text] = /^(\w+)=(.*)$/s.exec(setting) ?? [];
    if (key === undefined || text === undefined)
      problems.push(`expected key=value, such as latency=2s, and not "${setting}"`);
    else if (taken.includes(key)) problems.push(`${key}: is said already, in its place before the settings`);
    else if (ofAPhase[key] !== undefined) problems.push(`${key}: ${ofAPhase[key]}`);
    else if (values.has(key)) problems.push(`${key}: is given twice`);
    else values.set(key, scalarOf(text));
  }
  if (problems.length > 0) throw wrong(problems);
  return Object.fromEntries(values);
}

/** As YAML reads it: a number is a number, so that a duration without its unit is refused as it would be in a file. */
const scalarOf = (text: string): unknown => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);

type Issue = NonNullable<ReturnType<typeof faultSchema.safeParse>['error']>['issues'][number];

const problemsOf = ({ code, path, message }: Issue): readonly string[] =>
  code === 'unrecognized_keys' ? message.split('\n') : [path.length === 0 ? message : `${path.join('.')}: ${message}`];

function wrong(problems: readonly string[]): SmartOrdersError {
  const told = problems.map(inShell);
  const { message, hint = 'see smartorders fault add --help' }: MessageAndHint =
    told.length === 1 ? messageAndHint(told.join()) : { message: told.join('\n       ') };
  return new SmartOrdersError('fault', message, { exitCode: exitCodes.usage, hint });
}
