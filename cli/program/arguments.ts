// Words of the command line → values. What cannot be meant is refused with what could be given.
import { InvalidArgumentError } from 'commander';

export const defaultFleet = 'default';

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

export function count(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Not a whole number.');
}

export function seed(text: string): number {
  const value = count(text);
  const highest = 0xffff_ffff;
  if (value <= highest) return value;
  throw new InvalidArgumentError(`A seed fits into 32 bits: 0 to ${highest}.`);
}
