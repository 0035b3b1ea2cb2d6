import { ROUTING } from '../../defaults';

/** Seconds between two bytes, where a gateway or controller limits those and not the whole response of this time. */
export const gapOf = (requestTimeout: number): number =>
  requestTimeout === 0 ? ROUTING.readTimeout : Math.min(requestTimeout, ROUTING.readTimeout);
