// The policies that fleet.ts declares: what a run's overrides, and whatever was set by hand, go back to.
import type { Policies } from '../../services/contract/admin.ts';
import { linksFrom, type ServiceName } from '../../services/fleet.ts';

export const declaredPolicies = (service: ServiceName): Policies => ({
  links: Object.fromEntries(linksFrom(service).map(({ id, policy }) => [id, policy])),
});
