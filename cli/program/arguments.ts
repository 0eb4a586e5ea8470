// Words of the command line → values. What cannot be meant is refused with what could be given.
import { InvalidArgumentError } from 'commander';
import type { DriverName } from '../fleet/state.ts';
import { parseDuration } from '../scenario/duration.ts';

export { defaultFleet } from '../fleet/default-fleet.ts';

export function fleetName(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,30}$/.test(text)) return text;
  throw new InvalidArgumentError('A fleet name is made of a-z, 0-9 and -, at most 31 long.');
}

export function portNumber(text: string): number {
  const port = Number(text);
  const [lowest, highest] = [1_024, 60_000];
  if (Number.isInteger(port) && port >= lowest && port <= highest) return port;
  throw new InvalidArgumentError(`A base port is a whole number from ${lowest} to ${highest}.`);
}

export function driverName(text: string): DriverName {
  if (text === 'process' || text === 'docker') return text;
  throw new InvalidArgumentError('A driver is process or docker.');
}

export function count(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Not a whole number.');
}

const msPer: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `12h`, `30d` → ms. */
export function age(text: string): number {
  const [, amount, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  const factor = msPer[unit];
  if (amount !== undefined && factor !== undefined) return Number(amount) * factor;
  throw new InvalidArgumentError('An age is a whole number of m, h, d or w: 12h, 30d.');
}

/** `10`, `0.5`. */
export function factor(text: string): number {
  const value = Number(text);
  if (/^\d{1,3}(\.\d{1,3})?$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError('Not a factor: 1 is as it was, 10 ten times as fast, 0.5 half as fast.');
}

export function seed(text: string): number {
  const value = count(text);
  const highest = 0xffff_ffff;
  if (value <= highest) return value;
  throw new InvalidArgumentError(`A seed fits into 32 bits: 0 to ${highest}.`);
}

/** Longer than anybody watches, and short enough for a timer. */
const longestMs = 24 * 60 * 60_000;

/** How long something by hand lasts, → ms. */
export function lifetime(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0 && ms <= longestMs) return ms;
  throw new InvalidArgumentError('Expected a duration such as 500ms, 30s or 5m, at most 1440m.');
}

/** How often, or how many at a time. */
export function atLeastOne(text: string): number {
  const value = count(text);
  if (value >= 1 && value <= 1_000) return value;
  throw new InvalidArgumentError('From 1 to 1000.');
}

/** `2/4` */
export function shard(text: string): { readonly part: number; readonly of: number } {
  const [, part, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  if (Number(part) >= 1 && Number(part) <= Number(of)) return { part: Number(part), of: Number(of) };
  throw new InvalidArgumentError('A shard is one of several parts: 1/4, 2/4, 3/4 and 4/4.');
}

/** An option that may be given more than once. */
export const collect = (text: string, before: readonly string[]): readonly string[] => [...before, text];

/** Not from the table of formats: to load it would slow every command down. A test compares them. */
export const reportOption = [
  '--report <formats>',
  'json, junit, md, html, summary, sarif, openmetrics, annotations, each with a :path if wanted, - for stdout (json,junit,md,html)',
  collect,
  [],
] as const;
