// The little of dockerode that is used here; it brings no types of its own.
declare module 'dockerode' {
  import type { Readable } from 'node:stream';

  interface ContainerState {
    readonly Running: boolean;
    readonly ExitCode: number;
    readonly Error: string;
    readonly Health?: { readonly Status: string; readonly Log?: readonly { readonly Output: string }[] };
  }
  interface Container {
    readonly id: string;
    start(): Promise<unknown>;
    kill(options?: { readonly signal: string }): Promise<unknown>;
    pause(): Promise<unknown>;
    unpause(): Promise<unknown>;
    restart(options?: { readonly t: number }): Promise<unknown>;
    remove(options: { readonly force: boolean; readonly v: boolean }): Promise<unknown>;
    inspect(): Promise<{ readonly State: ContainerState }>;
    logs(options: object): Promise<Readable>;
    stats(options: { readonly stream: false; readonly 'one-shot': true }): Promise<unknown>;
  }
  interface Labelled {
    readonly filters: Readonly<Record<string, readonly string[]>>;
  }
  interface Engine {
    readonly modem: {
      demuxStream(stream: Readable, stdout: NodeJS.WritableStream, stderr: NodeJS.WritableStream): void;
      followProgress(
        stream: Readable,
        onFinished: (error: Error | null, output: readonly object[]) => void,
        onProgress: (event: object) => void,
      ): void;
    };
    ping(options?: { readonly abortSignal: AbortSignal }): Promise<unknown>;
    buildImage(
      context: { readonly context: string; readonly src: readonly string[] },
      options: object,
    ): Promise<Readable>;
    pull(name: string): Promise<Readable>;
    getImage(name: string): { inspect(): Promise<unknown> };
    createContainer(options: object): Promise<Container>;
    getContainer(id: string): Container;
    listContainers(
      options: Labelled & { readonly all: boolean },
    ): Promise<readonly { readonly Id: string; readonly Labels: Readonly<Record<string, string>> }[]>;
    createNetwork(options: object): Promise<unknown>;
    listNetworks(options: Labelled): Promise<readonly { readonly Id: string }[]>;
    getNetwork(id: string): { remove(): Promise<unknown> };
    createVolume(options: object): Promise<unknown>;
    listVolumes(options: Labelled): Promise<{ readonly Volumes: readonly { readonly Name: string }[] | null }>;
    getVolume(name: string): {
      inspect(): Promise<{ readonly Labels: Readonly<Record<string, string>> | null }>;
      remove(): Promise<unknown>;
    };
    getEvents(options: Labelled): Promise<Readable>;
  }
  const Docker: new (options?: { readonly socketPath: string }) => Engine;

  export type { Container, Engine };
  // biome-ignore lint/style/noDefaultExport: a CommonJS module is its default export
  export default Docker;
}
