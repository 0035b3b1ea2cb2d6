/** The network of the pods. */
export const POD_NETWORK = '10.244.0.0/16';

/** An address of the network that no pod gets: what the API server advertises. */
export const ADVERTISED = '10.244.255.254';

/** The address of pod number `count`. */
export const podAddress = (count: number): string => `10.244.${Math.floor(count / 250)}.${(count % 250) + 1}`;
