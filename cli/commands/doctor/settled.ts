// A check that fails in a known way is a finding, with the hint that the command itself would have given.
import { SmartOrdersError } from '../../errors.ts';
import { type Finding, problem } from './finding.ts';

export async function settled(check: string, look: () => Promise<Finding> | Finding): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof SmartOrdersError)) throw error;
    return problem(check, error.message, error.hint ?? 'see the message');
  }
}
