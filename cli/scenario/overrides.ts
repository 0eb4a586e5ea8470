// What a command line changes about a scenario before it is read: variables by `--var`, any other part by `--set`.
// Both act on the YAML document, so that what they bring is checked like everything that is written in the file.
import { type Document, isMap, isScalar, isSeq, parseDocument, type Scalar, visit } from 'yaml';
import { linkOf } from './fields.ts';
import { unknownWord } from './nearest.ts';
import { type Path, pathText } from './positions.ts';

export interface Overrides {
  /** By name, as written after `--var name=`. */
  readonly vars: Readonly<Record<string, string>>;
  /** `path=value`, in the order of the command line. */
  readonly set: readonly string[];
}

export const noOverrides: Overrides = { vars: {}, set: [] };

/** What is wrong with an override itself, or with a variable in the file. */
export interface OverrideProblem {
  /** The option that is wrong, as text; absent: the file is, at `path`. */
  readonly option?: string;
  readonly path: Path;
  readonly message: string;
}

export interface Overridden {
  readonly problems: readonly OverrideProblem[];
  /** By path of a value that did not come from its place in the file: where it came from. */
  readonly origins: ReadonlyMap<string, string>;
}

/** Changes the document. */
export function override(document: Document, { vars, set }: Overrides): Overridden {
  const problems: OverrideProblem[] = [];
  const origins = new Map<string, string>();
  for (const text of set) {
    const option = `--set ${text}`;
    const applied = setPart(document, text);
    if (typeof applied === 'string') problems.push({ option, path: [], message: applied });
    else origins.set(pathText(applied), option);
  }
  problems.push(...fillVariables(document, vars, origins));
  return { problems, origins };
}

// --- internal ---

/** The path that was set, or what is wrong with the text. */
function setPart(document: Document, text: string): Path | string {
  const cut = text.indexOf('=');
  if (cut < 1) return 'not path=value; write --set load.checkout.rate=80/s';
  const value = parseDocument(text.slice(cut + 1), { logLevel: 'error' });
  if (value.errors.length > 0) return 'the value is not YAML; quote it for the shell';
  const path = pathIn(document, text.slice(0, cut));
  if (typeof path === 'string') return path;
  document.setIn(path, document.createNode(plainOf(value)));
  return path;
}

function plainOf(document: Document): unknown {
  try {
    return document.toJS();
  } catch {
    return null;
  }
}

/** `phases.outage.for`, `phases[1].for`, `fleet.links.order:payment.timeout` → the keys as this document has them. */
function pathIn(document: Document, text: string): (string | number)[] | string {
  const parts = text.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  if (parts.some((part) => part === '')) return `"${text}" is no path; write one such as phases.outage.for`;
  const path: (string | number)[] = [];
  for (const part of parts) {
    const around = path.length === 0 ? document.contents : document.getIn(path);
    if (isSeq(around)) {
      const index = /^\d+$/.test(part) ? Number(part) : indexOfNamed(around.toJSON(), part);
      if (index < 0 || index >= around.items.length) {
        return unknownWord(`part of ${path.join('.')}`, part, namesOf(around.toJSON()));
      }
      path.push(index);
    } else if (around === undefined || isMap(around)) {
      path.push(keyOf(around, part));
    } else return `${path.join('.')} holds no parts`;
  }
  return path;
}

const namesOf = (items: readonly unknown[]): readonly string[] =>
  items.map((item, index) =>
    typeof item === 'object' && item !== null && 'name' in item ? String(item.name) : String(index),
  );

const indexOfNamed = (items: readonly unknown[], name: string): number => namesOf(items).indexOf(name);

/** The same link may be written in two ways. */
function keyOf(map: unknown, part: string): string {
  const link = linkOf(part);
  if (link === undefined || !isMap(map)) return link ?? part;
  const same = map.items.map(({ key }) => (isScalar(key) ? String(key.value) : '')).find((key) => linkOf(key) === link);
  return same ?? link;
}

const use = /\$\{([^}]*)\}/g;

function fillVariables(
  document: Document,
  vars: Readonly<Record<string, string>>,
  origins: Map<string, string>,
): readonly OverrideProblem[] {
  const declared = declaredIn(document);
  const names = [...declared.keys()];
  const problems: OverrideProblem[] = Object.keys(vars)
    .filter((name) => !declared.has(name))
    .map((name) => ({
      option: `--var ${name}=${vars[name]}`,
      path: [],
      message: names.length === 0 ? 'the scenario has no variables' : unknownWord('variable', name, names),
    }));
  const values = new Map(declared);
  for (const [name, text] of Object.entries(vars))
    values.set(name, plainOf(parseDocument(text, { logLevel: 'error' })));
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${')) return;
      const path = pathOf(node, ancestors);
      if (path[0] === 'variables') return;
      const written = node.value;
      const unknown = [...written.matchAll(use)].flatMap(([, name = '']) => (values.has(name) ? [] : [name]));
      for (const name of unknown) problems.push({ path, message: unknownVariable(name, names) });
      if (unknown.length > 0) return;
      node.value = filled(written, values);
      const told = [...written.matchAll(use)].map(([whole, name = '']) => `${whole} is ${String(values.get(name))}`);
      origins.set(pathText(path), told.join(', '));
    },
  });
  return problems;
}

const unknownVariable = (name: string, names: readonly string[]): string =>
  names.length === 0
    ? `unknown variable "${name}"; add it with its default: variables: { ${name}: … }`
    : unknownWord('variable', name, names);

/** A text that is one use alone takes the value as it is, number or not. */
function filled(text: string, values: ReadonlyMap<string, unknown>): unknown {
  const [only] = [...text.matchAll(use)];
  if (only !== undefined && only[0] === text) return values.get(only[1] ?? '');
  return text.replaceAll(use, (_, name: string) => String(values.get(name)));
}

function declaredIn(document: Document): ReadonlyMap<string, unknown> {
  const map = document.get('variables', true);
  if (!isMap(map)) return new Map();
  return new Map(
    map.items.flatMap(({ key, value }) =>
      isScalar(key) && isScalar(value) ? [[String(key.value), value.value] as const] : [],
    ),
  );
}

function pathOf(node: Scalar, ancestors: readonly unknown[]): Path {
  const path: (string | number)[] = [];
  for (const [index, ancestor] of ancestors.entries()) {
    const next = ancestors[index + 1] ?? node;
    if (isSeq(ancestor)) path.push(ancestor.items.indexOf(next));
    else if (isPairLike(ancestor) && isScalar(ancestor.key)) path.push(String(ancestor.key.value));
  }
  return path;
}

const isPairLike = (value: unknown): value is { readonly key: unknown } =>
  typeof value === 'object' && value !== null && 'key' in value;
