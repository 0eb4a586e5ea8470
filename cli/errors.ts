// Expected failures: what went wrong, and one line that says what to do. Anything else that is thrown is a bug.
import { type ExitCode, exitCodes } from './exit-codes.ts';

export interface ErrorOptionsWithHint extends ErrorOptions {
  /** One line: what the user can do about it. */
  readonly hint?: string | undefined;
  readonly exitCode?: ExitCode | undefined;
}

export class SmartOrdersError extends Error {
  override readonly name = 'SmartOrdersError';
  readonly code: string;
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;

  constructor(
    code: string,
    message: string,
    { hint, exitCode = exitCodes.environment, cause }: ErrorOptionsWithHint = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
    this.exitCode = exitCode;
  }
}

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Node's `code` of a system error (`EADDRINUSE`, `ENOENT`), where there is one. */
export function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
