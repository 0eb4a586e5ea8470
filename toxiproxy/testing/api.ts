// The API by plain HTTP, for what a client library hides: statuses, headers, exact bodies.

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export class Api {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers,
      redirect: 'manual',
      ...(text !== undefined && { body: text }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  get = (path: string): Promise<Reply> => this.call('GET', path);
  post = (path: string, body: unknown = ''): Promise<Reply> => this.call('POST', path, body);
  patch = (path: string, body: unknown): Promise<Reply> => this.call('PATCH', path, body);
  delete = (path: string): Promise<Reply> => this.call('DELETE', path);
}

export const summary = ({ status, text }: Reply): string => `${status} ${text}`.trimEnd();
