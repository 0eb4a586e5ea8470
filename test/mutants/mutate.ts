// Applies a mutation to a source text. Exactly one place must match: none means that the mutant has gone stale, two that
// nobody knows which of them was tested.
export interface Mutation {
  readonly find: string;
  readonly replace: string;
}

export function mutate(source: string, { find, replace }: Mutation): string {
  const places = source.split(find).length - 1;
  if (places !== 1) throw new Error(`the text to find stands there ${places} times, not once`);
  if (find === replace) throw new Error('the replacement is the text itself');
  // A function, because `$&` in a string would stand for the match.
  return source.replace(find, () => replace);
}
