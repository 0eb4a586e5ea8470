// The newest so many of a list, appended to in constant time.

export interface Latest<T> {
  readonly push: (value: T) => void;
  readonly list: () => readonly T[];
  readonly last: () => T | undefined;
}

export function createLatest<T>(most: number): Latest<T> {
  let values: T[] = [];
  let listed: readonly T[] | null = null;
  return {
    push: (value) => {
      values.push(value);
      if (values.length >= most * 2) values = values.slice(-most);
      listed = null;
    },
    list: () => {
      listed ??= values.slice(-most);
      return listed;
    },
    last: () => values.at(-1),
  };
}
