// The fields of a request body, typed as Go would: keys in any letter case, unknown keys ignored, null for "not given".
import { badRequestBody } from './api-error.ts';
import { type GoJson, GoJsonError, parseGoJson } from './go-json.ts';

export function parseBody(text: string): GoJson {
  try {
    return parseGoJson(text);
  } catch (cause) {
    throw cause instanceof GoJsonError ? badRequestBody(cause.message) : cause;
  }
}

export class Fields {
  readonly #structName: string;
  readonly #byName = new Map<string, GoJson>();

  /** `structName` is what Go calls the type in its error texts. */
  constructor(json: GoJson, structName: string) {
    this.#structName = structName;
    if (json.kind === 'null') return;
    if (json.kind !== 'object') {
      throw badRequestBody(`json: cannot unmarshal ${json.kind} into Go value of type toxiproxy.${structName}`);
    }
    for (const [key, value] of json.entries) if (value.kind !== 'null') this.#byName.set(key.toLowerCase(), value);
  }

  string(name: string): string | undefined {
    const json = this.#byName.get(name);
    if (json === undefined) return undefined;
    return json.kind === 'string' ? json.value : this.#fail(json.kind, name, 'string');
  }

  bool(name: string): boolean | undefined {
    const json = this.#byName.get(name);
    if (json === undefined) return undefined;
    return json.kind === 'bool' ? json.value : this.#fail(json.kind, name, 'bool');
  }

  /** A number with the precision of 32 bits, which is what the real server stores. */
  float32(name: string): number | undefined {
    const json = this.#byName.get(name);
    if (json === undefined) return undefined;
    if (json.kind !== 'number') return this.#fail(json.kind, name, 'float32');
    const value = Math.fround(Number(json.literal));
    return Number.isFinite(value) ? value : this.#fail(`number ${json.literal}`, name, 'float32');
  }

  /** An integer, written as one: 1.0 and 1e3 are refused. */
  integer(name: string): number | undefined {
    const json = this.#byName.get(name);
    if (json === undefined) return undefined;
    if (json.kind !== 'number') return this.#fail(json.kind, name, 'int64');
    return isInt64(json.literal) ? Number(json.literal) : this.#fail(`number ${json.literal}`, name, 'int64');
  }

  object(name: string): Fields {
    const json = this.#byName.get(name) ?? { kind: 'null' };
    if (json.kind !== 'object' && json.kind !== 'null') this.#fail(json.kind, name, 'object');
    return new Fields(json, `${this.#structName}.${name}`);
  }

  #fail(got: string, field: string, wanted: string): never {
    throw badRequestBody(
      `json: cannot unmarshal ${got} into Go struct field ${this.#structName}.${field} of type ${wanted}`,
    );
  }
}

const isInt64 = (literal: string): boolean =>
  /^-?\d+$/.test(literal) && BigInt.asIntN(64, BigInt(literal)) === BigInt(literal);
