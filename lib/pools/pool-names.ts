/** Suffix of each object of a pool, after the pool's name. No two kinds share a name, as for a stack. */
const SUFFIX = {
  pool: '',
  picker: '-epp',
  service: '-epp-svc',
  serviceAccount: '-epp-sa',
  role: '-epp-role',
  roleBinding: '-epp-access',
  configMap: '-epp-config',
  networkPolicy: '-epp-netpol',
  monitor: '-epp-scrape',
  destinationRule: '-epp-tls',
} as const;

/** Names of Services and values of labels have at most 63 characters. */
const MAX_NAME = 63;

/** Maximum length of the name of a pool: every derived name still fits. */
export const MAX_POOL_NAME = MAX_NAME - Math.max(...Object.values(SUFFIX).map(({ length }) => length));

export type PoolNames = Readonly<Record<keyof typeof SUFFIX, string>>;

/** Names of all objects of a pool. */
export function poolNames(pool: string): PoolNames {
  return Object.fromEntries(Object.entries(SUFFIX).map(([kind, suffix]) => [kind, pool + suffix])) as PoolNames;
}
