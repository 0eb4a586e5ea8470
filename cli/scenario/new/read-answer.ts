// What somebody types about a new scenario, by flag or as an answer → a part of its draft, or what is wrong with it.
import { serviceNames } from '../../../services/fleet.ts';
import { parseDuration } from '../duration.ts';
import { faultTypes } from '../fault.ts';
import { rate, throughput } from '../fields.ts';
import { linkArgument } from '../link-argument.ts';
import { unknownWord } from '../nearest.ts';
import { type FaultType, sitsInService, type Target } from './draft.ts';

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

export function readFault(text: string): Read<FaultType> {
  const type = faultTypes.find((known) => known === text);
  return type === undefined ? wrong(unknownWord('fault type', text, faultTypes)) : right(type);
}

/** `fault` says whether a link or a service is meant. */
export const readTarget =
  (fault: FaultType) =>
  (text: string): Read<Target> => {
    if (!sitsInService(fault)) {
      const read = linkArgument(text);
      return read.ok ? right({ link: read.link }) : read;
    }
    const service = serviceNames.find((known) => known === text);
    if (service === undefined) return wrong(unknownWord('service', text, serviceNames));
    return fault === 'decline' && service !== 'payment'
      ? wrong('only payment can decline: a decline is the bank saying no')
      : right({ service });
  };

export function readDuration(text: string): Read<number> {
  const ms = parseDuration(text);
  return ms === undefined || ms === 0 ? wrong(`"${text}" is no duration; write one such as 500ms or 3s`) : right(ms);
}

export function readRate(text: string): Read<number> {
  const { success, data, error } = rate.safeParse(text);
  return success ? right(data) : wrong(error.issues[0]?.message ?? 'expected a rate such as 40/s');
}

export function readThroughput(text: string): Read<number> {
  const { success, data, error } = throughput.safeParse(text);
  return success ? right(data) : wrong(error.issues[0]?.message ?? 'expected a throughput such as 10KB/s');
}

export function readStatus(text: string): Read<number> {
  const status = Number(text);
  const isError = Number.isInteger(status) && status >= 400 && status <= 599;
  return isError ? right(status) : wrong(`"${text}" is no error status; write one from 400 to 599`);
}

export function readBytes(text: string): Read<number> {
  return /^[1-9]\d{0,8}$/.test(text)
    ? right(Number(text))
    : wrong(`"${text}" is no number of bytes; write one such as 50`);
}

export const readName = (text: string): Read<string> =>
  /^[a-z][a-z0-9-]*$/.test(text)
    ? right(text)
    : wrong(`"${text}" is no name; write lower-case letters, digits and hyphens, such as payment-outage`);

export const readTitle = (text: string): Read<string> =>
  text.trim() === '' ? wrong('a title must say something') : right(text);

// --- internal ---

const right = <T>(value: T): Read<T> => ({ ok: true, value });
const wrong = <T>(message: string): Read<T> => ({ ok: false, message });
