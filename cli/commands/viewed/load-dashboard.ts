// The dashboard's code, loaded only where there is a screen for it, and its process set up to be small: it runs beside a run.
import { setFlagsFromString } from 'node:v8';

export function loadDashboard(): Promise<typeof import('../../dashboard/show.tsx')> {
  // React's development build times every render, and keeps the times.
  process.env.NODE_ENV ??= 'production';
  // Events by the thousand live for a tenth of a second. By itself the collector gives them three times the room they need
  // (260 MB at 500 orders/s, not 110): it trades memory for a few per cent of a core.
  setFlagsFromString('--optimize-for-size');
  return import('../../dashboard/show.tsx');
}
