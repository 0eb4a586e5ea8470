// Whether the service in this container is ready: what its health check runs. Exit code 0: it is.
import { get } from 'node:http';

const patienceMs = 3_000;

get({ host: '127.0.0.1', port: Number(process.env.PORT), path: '/ready', timeout: patienceMs }, ({ statusCode }) => {
  process.exit(statusCode === 200 ? 0 : 1);
})
  .on('timeout', () => process.exit(1))
  .on('error', () => process.exit(1));
