// Flags and answers → the draft of a new scenario. A flag is never asked for again; what neither says has a default.
import { SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { messageAndHint } from '../scenario/message-and-hint.ts';
import { type Dose, type Draft, doseOf, type FaultType, sitsInService } from '../scenario/new/draft.ts';
import {
  type Read,
  readBytes,
  readDuration,
  readFault,
  readName,
  readRate,
  readStatus,
  readTarget,
  readThroughput,
  readTitle,
} from '../scenario/new/read-answer.ts';
import { deedOf } from '../scenario/new/write-scenario.ts';
import type { Terminal } from '../terminal.ts';
import type { Questions } from './questions.ts';

/** As written on the command line. */
export interface DraftFlags {
  readonly title?: string;
  readonly fault?: string;
  readonly link?: string;
  readonly service?: string;
  readonly status?: string;
  readonly latency?: string;
  readonly bandwidth?: string;
  readonly bytes?: string;
  readonly rate?: string;
  readonly baseline?: string;
  readonly outage?: string;
  readonly recovery?: string;
}

export interface DraftSources {
  readonly name: string | undefined;
  readonly flags: DraftFlags;
  readonly questions: Questions;
  readonly err: Terminal['err'];
}

/** Errors: `new` (3) for a flag that cannot be, or that says nothing about the fault. */
export async function draftFrom({ name, flags, questions, err }: DraftSources): Promise<Draft> {
  const ask: Ask = async ({ question, preset, flag, given, read }) => {
    for (;;) {
      const text = given ?? (question === undefined ? preset : await questions.ask(question, preset));
      const answer = read(text);
      if (answer.ok) return answer.value;
      if (given !== undefined || !questions.canAskAgain) throw usage(`${flag}: ${answer.message}`);
      err(answer.message);
    }
  };
  const fault = await ask({
    question: 'What is to break (down, latency, httpError, …)?',
    preset: flags.service === undefined ? 'down' : 'httpError',
    flag: '--fault',
    given: flags.fault,
    read: readFault,
  });
  refuseStray(fault, flags);
  const isInService = sitsInService(fault);
  const target = await ask({
    question: fault === 'decline' ? undefined : isInService ? 'In which service?' : 'On which link?',
    preset: isInService ? 'payment' : 'order:payment',
    flag: isInService ? '--service' : '--link',
    given: isInService ? flags.service : flags.link,
    read: readTarget(fault),
  });
  const dose = <T>(which: Dose, question: string, rest: Pick<Asked<T>, 'preset' | 'read'>): Promise<T> =>
    ask({ ...rest, flag: `--${which}`, given: flags[which], question: doseOf[fault] === which ? question : undefined });
  const said = {
    name: '',
    title: '',
    fault,
    target,
    status: await dose('status', 'Which status does it answer?', { preset: '503', read: readStatus }),
    latencyMs: await dose('latency', 'How late?', { preset: '2s', read: readDuration }),
    kilobytesPerSecond: await dose('bandwidth', 'How much gets through?', { preset: '1KB/s', read: readThroughput }),
    bytes: await dose('bytes', 'How many bytes?', { preset: bytesOf(fault), read: readBytes }),
    perSecond: await ask({
      question: 'How many customers come?',
      preset: '40/s',
      flag: '--rate',
      given: flags.rate,
      read: readRate,
    }),
    baselineMs: await ask({ ...phase('baseline', 'before it'), preset: '4s', given: flags.baseline }),
    outageMs: await ask({ ...phase('outage', 'with it'), preset: '5s', given: flags.outage }),
    recoveryMs: await ask({ ...phase('recovery', 'after it'), preset: '8s', given: flags.recovery }),
  };
  const words = { question: 'What is it called?', preset: nameOf(said), flag: '[name]', given: name, read: readName };
  return {
    ...said,
    name: await ask(words),
    title: await ask({
      question: 'What does it show, in one sentence?',
      preset: deedOf(said),
      flag: '--title',
      given: flags.title,
      read: readTitle,
    }),
  };
}

// --- internal ---

interface Asked<T> {
  /** undefined: not worth asking. */
  readonly question: string | undefined;
  readonly preset: string;
  readonly flag: string;
  readonly given: string | undefined;
  readonly read: (text: string) => Read<T>;
}
type Ask = <T>(asked: Asked<T>) => Promise<T>;

const phase = (name: string, when: string) => ({
  question: `How long does the phase ${when} last?`,
  flag: `--${name}`,
  read: readDuration,
});

/** So few that also the shortest answers show it. */
const bytesOf = (fault: FaultType): string => (fault === 'slicer' ? '10' : '50');

/** `order-payment-down`, `payment-http-error`. */
const nameOf = ({ fault, target }: Draft): string =>
  `${'link' in target ? target.link.replace('->', '-') : target.service}-${fault.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** A flag that would change nothing was meant to change something. */
function refuseStray(fault: FaultType, flags: DraftFlags): void {
  const doses = (['status', 'latency', 'bandwidth', 'bytes'] as const).filter((dose) => dose !== doseOf[fault]);
  const stray = [...doses, sitsInService(fault) ? ('link' as const) : ('service' as const)].find(
    (flag) => flags[flag] !== undefined,
  );
  if (stray === undefined) return;
  const where = sitsInService(fault) ? 'sits in a --service' : 'sits on a --link';
  const strength = doseOf[fault] === null ? '' : `, and --${doseOf[fault]} says how strong it is`;
  throw usage(`--${stray} says nothing about ${fault}; it ${where}${strength}`);
}

export function usage(whole: string): SmartOrdersError {
  const { message, hint } = messageAndHint(whole);
  return new SmartOrdersError('new', message, { exitCode: exitCodes.usage, hint });
}
