// Looking up what a person has written: a name such as `constructor` must not find what every object inherits.

export const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
