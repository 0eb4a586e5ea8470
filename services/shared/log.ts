// One JSON line per happening: info on stdout, warnings and errors on stderr.
export const logLevels = ['info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

type Fields = Readonly<Record<string, unknown>>;
export interface Log {
  readonly info: (message: string, fields?: Fields) => void;
  readonly warn: (message: string, fields?: Fields) => void;
  readonly error: (message: string, fields?: Fields) => void;
}

export interface LogOptions {
  readonly service: string;
  readonly level: LogLevel;
  readonly write?: (level: LogLevel, line: string) => void;
}

export function createLog({ service, level, write = writeToProcess }: LogOptions): Log {
  const at =
    (own: LogLevel) =>
    (message: string, fields: Fields = {}) => {
      if (logLevels.indexOf(own) < logLevels.indexOf(level)) return;
      write(own, `${JSON.stringify({ time: new Date().toISOString(), level: own, service, message, ...fields })}\n`);
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

function writeToProcess(level: LogLevel, line: string): void {
  (level === 'info' ? process.stdout : process.stderr).write(line);
}
