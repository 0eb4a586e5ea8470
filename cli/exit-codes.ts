// Every exit code of the CLI, one sentence each. A crash never exits 1: a pipeline must not read a bug as a broken promise.
export const exitCodes = {
  /** Done; every expectation held. */
  passed: 0,
  /** An expectation was broken. */
  failed: 1,
  /** Not enough evidence to judge. */
  inconclusive: 2,
  /** Unknown command or option, or an invalid scenario. */
  usage: 3,
  /** The run was stopped by its own abort rule. */
  aborted: 4,
  /** The environment is at fault (port taken, no database, not writable), or the runner or the fleet broke. */
  environment: 5,
  /** A bug in SmartOrders; the stack is shown. */
  bug: 70,
  /** SIGHUP, SIGINT, SIGTERM: 128 + the signal's number, after undoing everything. */
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit codes of the signals a run is stopped by. */
export const signalExitCodes = {
  SIGHUP: exitCodes.hungUp,
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
} as const;

export type StopSignal = keyof typeof signalExitCodes;
