// `{name}` in the paths and bodies of a journey: which values it uses, and filling them in.

export type Value = string | number | boolean;
export type Values = Readonly<Record<string, Value>>;

const placeholder = /\{([a-zA-Z0-9_]+)\}/g;

export const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(placeholder)].map(([, name = '']) => name);

/** In a path: values are encoded, so that none can leave its segment. */
export const filledPath = (path: string, values: Values): string =>
  path.replaceAll(placeholder, (whole, name: string) => encodeURIComponent(values[name] ?? whole));

/** In a body: a text that is one `{name}` alone takes the value as it is, number or not. */
export function filledValue(value: Value, values: Values): Value {
  if (typeof value !== 'string') return value;
  const [only] = namesIn(value);
  if (only !== undefined && value === `{${only}}`) return values[only] ?? value;
  return value.replaceAll(placeholder, (whole, name: string) => String(values[name] ?? whole));
}
