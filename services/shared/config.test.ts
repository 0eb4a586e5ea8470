import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const anEnvironment = {
  PORT: '5002',
  ADMIN_TOKEN: 'secret',
  USER_URL: 'http://127.0.0.1:5013',
  INVENTORY_URL: 'http://127.0.0.1:5014',
  PAYMENT_URL: 'http://127.0.0.1:5015',
  DATABASE_URL: 'postgres://postgres@127.0.0.1:5017/smartorders_order',
};

describe('configuration', () => {
  it('reads every link of the service from its own variable', () => {
    const result = readConfig('order', { ...anEnvironment, SMARTORDERS_EXIT_WITH_STDIN: '1' });
    expect(result).toEqual({
      ok: true,
      config: {
        service: 'order',
        host: '127.0.0.1',
        port: 5002,
        adminToken: 'secret',
        urls: new Map([
          ['order->user', 'http://127.0.0.1:5013'],
          ['order->inventory', 'http://127.0.0.1:5014'],
          ['order->payment', 'http://127.0.0.1:5015'],
          ['order->db', 'postgres://postgres@127.0.0.1:5017/smartorders_order'],
        ]),
        exitsWithStdin: true,
        logLevel: 'info',
        isTraced: false,
      },
    });
  });

  it('tells all problems at once', () => {
    const result = readConfig('order', {
      ...anEnvironment,
      PORT: '80k',
      ADMIN_TOKEN: '',
      USER_URL: 'localhost',
      LOG_LEVEL: 'loud',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318',
    });
    expect(result).toMatchInlineSnapshot(`
      {
        "ok": false,
        "problems": [
          "PORT must be a number from 0 to 65535, got "80k"",
          "ADMIN_TOKEN is missing: set any secret word, it guards the /admin routes",
          "USER_URL must be a http: URL (link order->user), got "localhost"",
          "LOG_LEVEL must be one of info, warn, error, silent, got "loud"",
          "OTEL_EXPORTER_OTLP_ENDPOINT must be a http: or https: URL, got "collector:4318"",
        ],
      }
    `);
  });

  it.each(['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])(
    'traces where %s names a collector',
    (name) => {
      const configOf = (url: string) => readConfig('order', { ...anEnvironment, [name]: url });
      expect(configOf('http://collector:4318')).toMatchObject({ config: { isTraced: true } });
      // Compose hands an unset variable on as an empty one.
      expect(configOf('')).toMatchObject({ config: { isTraced: false } });
    },
  );

  it('asks the gateway for no database', () => {
    const urls = { USER_URL: 'http://h:1', ORDER_URL: 'http://h:2', INVENTORY_URL: 'http://h:3' };
    expect(readConfig('gateway', { PORT: '0', ADMIN_TOKEN: 's', ...urls }).ok).toBe(true);
  });
});
