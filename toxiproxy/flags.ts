// The command line of the real server, as far as it makes sense here: one or two dashes, `-flag value` or `-flag=value`.

export interface Flags {
  readonly host: string;
  readonly port: number;
  readonly showVersion: boolean;
}

export type ParsedFlags =
  | { readonly kind: 'flags'; readonly flags: Flags }
  | { readonly kind: 'help' }
  | { readonly kind: 'problem'; readonly message: string };

export const usage = `Usage of toxiproxy:
  -host string
    \tHost for toxiproxy's API to listen on (default "localhost")
  -port string
    \tPort for toxiproxy's API to listen on (default "8474")
  -version
    \tprint the version (default false)
`;

export function parseFlags(args: readonly string[]): ParsedFlags {
  let flags: Flags = { host: 'localhost', port: 8474, showVersion: false };
  const rest = [...args];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const [, name, inline] = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(argument) ?? [];
    switch (name) {
      case undefined:
        // As in Go: the first argument that is no flag ends them.
        return { kind: 'flags', flags };
      case 'help':
      case 'h':
        return { kind: 'help' };
      case 'version':
        flags = { ...flags, showVersion: inline !== 'false' };
        break;
      case 'host':
      case 'port': {
        const value = inline ?? rest.shift();
        if (value === undefined) return { kind: 'problem', message: `flag needs an argument: -${name}` };
        if (name === 'host') flags = { ...flags, host: value };
        else if (isPort(value)) flags = { ...flags, port: Number(value) };
        else return { kind: 'problem', message: `invalid value "${value}" for flag -port: must be 0 to 65535` };
        break;
      }
      default:
        return { kind: 'problem', message: `flag provided but not defined: -${name}` };
    }
  }
  return { kind: 'flags', flags };
}

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
