import { runService } from '../shared/run-service.ts';
import { buildGatewayApp } from './app.ts';

await runService({
  service: 'gateway',
  build: ({ door, linkTo }) =>
    buildGatewayApp({ door, user: linkTo('user'), order: linkTo('order'), inventory: linkTo('inventory') }),
});
