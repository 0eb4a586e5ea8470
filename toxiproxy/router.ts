// Which route a request means, by the rules of the real server's router: one decoded segment for each parameter, no
// trailing slash, 405 for a known path with another method.

export interface Route<Handler> {
  readonly path: string;
  /** Method to handler; `*` for any method. */
  readonly methods: Readonly<Record<string, Handler>>;
}

export type Match<Handler> =
  | { readonly kind: 'found'; readonly handler: Handler; readonly parameters: readonly string[] }
  | { readonly kind: 'wrongMethod' }
  | { readonly kind: 'unknownPath' }
  | { readonly kind: 'redirect'; readonly to: string };

export function matchRoute<Handler>(
  routes: readonly Route<Handler>[],
  { method, url }: { readonly method: string; readonly url: string },
): Match<Handler> {
  const [path = '', query] = url.split('?', 2);
  if (path.includes('//')) {
    const clean = path.replace(/\/{2,}/g, '/');
    return { kind: 'redirect', to: query === undefined ? clean : `${clean}?${query}` };
  }
  const decoded = decode(path);
  for (const { path: pattern, methods } of routes) {
    const parameters = decoded === undefined ? undefined : matchPath(pattern, decoded);
    if (parameters === undefined) continue;
    const handler = methods[method] ?? methods['*'];
    return handler === undefined ? { kind: 'wrongMethod' } : { kind: 'found', handler, parameters };
  }
  return { kind: 'unknownPath' };
}

function matchPath(pattern: string, path: string): string[] | undefined {
  const wanted = pattern.split('/');
  const got = path.split('/');
  if (wanted.length !== got.length) return undefined;
  const parameters: string[] = [];
  for (const [index, segment] of got.entries()) {
    if (wanted[index] === '*' && segment !== '') parameters.push(segment);
    else if (wanted[index] !== segment) return undefined;
  }
  return parameters;
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
