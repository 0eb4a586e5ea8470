// A module loaded at its first use, and looked up only then: `import()` in a request costs a look-up each time.

/** Loads once. A load that fails stays failed. */
export function lazy<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load();
    return loading;
  };
}
