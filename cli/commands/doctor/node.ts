// Which Node runs this, and whether it is new enough.
import { type Finding, ok, problem } from './finding.ts';

export interface NodeFacts {
  readonly version: string;
  /** `major.minor`. */
  readonly needed: string;
  readonly binary: string;
}

export function judgeNode({ version, needed, binary }: NodeFacts): Finding {
  const brought = binary.includes('/node_modules/') ? ', brought by npm' : '';
  const seen = `Node ${version} at ${binary}${brought}`;
  if (isAtLeast(version, needed)) return ok('node', seen);
  return problem('node', `${seen}, older than ${needed}`, `install Node ${needed} or newer`);
}

function isAtLeast(version: string, needed: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed.split('.').map(Number);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}
