import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../exit-codes.ts';
import { engineError, told } from './engine.ts';

const system = (code: string): Error => Object.assign(new Error(`connect ${code} /var/run/docker.sock`), { code });
const http = (statusCode: number, message: string): Error =>
  Object.assign(new Error(`(HTTP code ${statusCode}) ${message}`), { statusCode });

describe('what the engine refuses is told with what to do, and ends with exit code 5', () => {
  it.each([
    ['no engine', system('ENOENT'), 'docker-absent', /--driver process/],
    ['an engine that is down', system('ECONNREFUSED'), 'docker-absent', /start Docker/],
    ['an engine that hangs', system('ABORT_ERR'), 'docker-silent', /restart it/],
    ['no permission', system('EACCES'), 'docker-permission', /usermod -aG docker/],
    ['a missing image', http(404, 'no such image: postgres:18.1'), 'image-missing', /POSTGRES_IMAGE/],
    ['an image that nobody may pull', http(404, 'pull access denied for smartorders'), 'image-missing', /_IMAGE/],
    [
      'a registry out of reach',
      http(500, 'Get "https://registry-1.docker.io/v2/": i/o timeout'),
      'registry-unreachable',
      /proxy/,
    ],
    [
      'a registry that is down',
      http(500, 'Get "https://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused'),
      'registry-unreachable',
      /_IMAGE/,
    ],
    [
      'a taken port',
      http(500, 'driver failed: Bind for 127.0.0.1:5000 failed: port is already allocated'),
      'port-taken',
      /--base-port/,
    ],
    [
      'a taken port of somebody else',
      http(500, 'listen tcp4 127.0.0.1:5000: bind: address already in use'),
      'port-taken',
      /--base-port/,
    ],
    [
      'a taken name',
      http(409, 'Conflict. The container name "/x" is already in use by container "1"'),
      'name-taken',
      /--fleet other/,
    ],
    [
      'a full disk',
      http(500, 'write /var/lib/docker/tmp: no space left on device'),
      'disk-full',
      /docker system prune/,
    ],
    ['anything else', http(500, 'the moon is full'), 'docker', /docker info/],
  ] as const)('%s', (_name, error, code, hint) => {
    const refusal = engineError('starting order', error);
    expect(refusal).toMatchObject({ code, exitCode: exitCodes.environment, hint: expect.stringMatching(hint) });
    expect(refusal.message).toContain('starting order: ');
    expect(refusal.cause).toBe(error);
  });
});

it('a bug of our own stays one', async () => {
  const bug = new TypeError('undefined is not a function');
  await expect(told('starting order', () => Promise.reject(bug))).rejects.toBe(bug);
});
