import { runService } from '../shared/run-service.ts';
import { buildInventoryApp } from './app.ts';
import { createStock } from './repository.ts';

await runService({
  service: 'inventory',
  build: ({ door, database }) => buildInventoryApp({ door, stock: createStock(database()) }),
  warmUp: () => import('./schemas.ts'),
});
