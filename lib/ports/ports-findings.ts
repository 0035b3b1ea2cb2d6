import type { Finding } from '../preflight/finding';
import { addressFindings } from './address-findings';
import { hashFindings } from './hash-findings';
import { kvEventFindings } from './kv-event-findings';
import type { Opened } from './opened';
import type { PortContext } from './port-context';
import { rangeFindings } from './range-findings';

/** What is wrong with what an engine opens besides HTTP. Ports that are taken are a matter of the whole pod. */
export function portsFindings(opened: Opened, context: PortContext): Finding[] {
  return [
    ...kvEventFindings(context),
    ...addressFindings(opened, context),
    ...rangeFindings(opened),
    ...hashFindings(opened, context),
  ];
}
