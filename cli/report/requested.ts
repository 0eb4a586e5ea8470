// `--report html,junit:path,md`: which formats, and where to. What is asked for, not how it is written.
import { unknownWord } from '../scenario/nearest.ts';
import { formats, type ReportFormat, standardFormats } from './formats.ts';

export interface ReportRequest {
  readonly format: ReportFormat;
  /** A file for all runs of the command; `-`: stdout; null: the format's own file, in the folder of each run. */
  readonly path: string | null;
}

export const allRequests: readonly ReportRequest[] = formats.map((format) => ({ format, path: null }));

export const standardRequests: readonly ReportRequest[] = allRequests.filter(({ format }) =>
  standardFormats.includes(format.name),
);

/** What tells of a whole pipeline in one file. */
const forPipelines: readonly string[] = ['junit', 'summary', 'sarif', 'openmetrics'];

/** Of `--ci`: every format in each run's folder, and what a pipeline picks up of all runs together in `folder`. */
export const ciRequests = (folder: string): readonly ReportRequest[] => [
  ...allRequests.filter(({ format }) => format.name !== 'annotations'),
  ...formats.flatMap((format) =>
    forPipelines.includes(format.name) ? [{ format, path: `${folder}/${format.file}` }] : [],
  ),
];

/** `runs`: how many the command has. A string says what is wrong. */
export function parseRequests(texts: readonly string[], runs: number): readonly ReportRequest[] | string {
  const requests: ReportRequest[] = [];
  for (const part of texts.flatMap((text) => text.split(','))) {
    const request = parseRequest(part.trim());
    if (typeof request === 'string') return request;
    const { name, isSingle = false } = request.format;
    if (isSingle && runs > 1 && request.path !== null)
      return `${name} holds one run, and there are ${runs}; name no path, so that each run gets its own`;
    requests.push(request);
  }
  // Annotations are lines among others, wherever those go.
  const printed = requests
    .filter(({ format, path }) => path === '-' && format.name !== 'annotations')
    .map(({ format }) => format.name);
  return printed.length > 1
    ? `only one format can go to stdout, not ${printed.join(' and ')}; name a file for the others`
    : requests;
}

// --- internal ---

function parseRequest(part: string): ReportRequest | string {
  const [name = '', ...rest] = part.split(':');
  const format = formats.find((known) => known.name === name);
  if (name === '') return `no format is named; there are ${formats.map((known) => known.name).join(', ')}`;
  if (format === undefined)
    return unknownWord(
      'format',
      name,
      formats.map((known) => known.name),
    );
  const path = rest.join(':');
  if (rest.length > 0 && path === '') return `${name}: is followed by no path; write ${name}:path, or ${name} alone`;
  return { format, path: path === '' ? ownPlace(format) : path };
}

/** GitHub reads annotations off the output, not out of a file. */
const ownPlace = ({ name }: ReportFormat): string | null => (name === 'annotations' ? '-' : null);
