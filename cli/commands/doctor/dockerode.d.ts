// The little of dockerode that is used here; it brings no types of its own.
declare module 'dockerode' {
  interface Engine {
    ping(options: { readonly abortSignal: AbortSignal }): Promise<unknown>;
  }
  const Docker: new (options?: { readonly socketPath: string }) => Engine;
  // biome-ignore lint/style/noDefaultExport: a CommonJS module is its default export
  export default Docker;
}
