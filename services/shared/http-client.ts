// HTTP to one base URL over undici's pool, aborted by the caller's signal with the socket and all.
// undici is loaded by the first call: it takes longer to load than the rest of a service.
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal: AbortSignal;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface HttpClient {
  readonly send: (request: HttpRequest) => Promise<HttpReply>;
  readonly close: () => Promise<void>;
}

/** Loads what the first call would otherwise wait for. */
export const loadHttpClient = async (): Promise<void> => {
  await import('undici');
};

export function createHttpClient(baseUrl: string): HttpClient {
  const connect = async () => {
    const { Pool } = await import('undici');
    // Timeouts are the link's business: one clock for connect, headers and body.
    return new Pool(new URL(baseUrl).origin, { headersTimeout: 0, bodyTimeout: 0, pipelining: 1 });
  };
  let pool: ReturnType<typeof connect> | undefined;
  return {
    send: async (request) => {
      pool ??= connect();
      const { statusCode, headers, body } = await (await pool).request(request);
      return { status: statusCode, headers, text: await body.text() };
    },
    close: async () => {
      await (await pool)?.destroy();
    },
  };
}
