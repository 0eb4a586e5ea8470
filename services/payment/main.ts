import { runService } from '../shared/run-service.ts';
import { buildPaymentApp } from './app.ts';
import { createCharges } from './repository.ts';

await runService({
  service: 'payment',
  build: ({ door, database }) => buildPaymentApp({ door, charges: createCharges(database()) }),
  warmUp: () => import('./schemas.ts'),
});
