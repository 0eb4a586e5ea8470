import { randomUUID } from 'node:crypto';
import { runService } from '../shared/run-service.ts';
import { buildUserApp } from './app.ts';
import { createUsers } from './repository.ts';

await runService({
  service: 'user',
  build: ({ door, database }) => buildUserApp({ door, users: createUsers(database()), newId: randomUUID }),
  warmUp: () => import('./schemas.ts'),
});
