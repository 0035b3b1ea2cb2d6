import { RUNBOOK_BASE_URL } from '../defaults';
import { matching } from '../shapes/shape';

/** A web address, as options of alerts accept it. */
export const ADDRESS = matching(/^https?:\/\/[^\s]+$/, 'an address that begins with https:// or http://');

/** An address to which names of pages are appended: after a query or a fragment they would become part of it. */
export const BASE_ADDRESS = matching(
  /^https?:\/\/[^\s?#]+$/,
  'an address that begins with https:// or http://, without "?" and "#": names of pages are appended',
);

/** Address of the runbook of an alert, below the pages of this library or others. */
export function runbookUrl(alert: string, base = RUNBOOK_BASE_URL): string {
  return `${base.replace(/\/*$/, '/')}${alert}.md`;
}
