// The toxics of the API by the name they have there. A new toxic is one file and one line here.
import { bandwidth } from './bandwidth.ts';
import { latency } from './latency.ts';
import { limitData } from './limit-data.ts';
import { noop } from './noop.ts';
import { resetPeer } from './reset-peer.ts';
import { slicer } from './slicer.ts';
import { slowClose } from './slow-close.ts';
import { timeout } from './timeout.ts';
import type { Toxic } from './toxic.ts';

const toxics = [latency, bandwidth, slowClose, timeout, resetPeer, slicer, limitData, noop];

export const toxicsByType: ReadonlyMap<string, Toxic> = new Map(toxics.map((toxic) => [toxic.type, toxic]));
