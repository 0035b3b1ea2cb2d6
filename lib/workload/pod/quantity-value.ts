/** Factor of each suffix of a Kubernetes quantity (k8s.io/apimachinery, pkg/api/resource). */
const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
const DIVISORS: Readonly<Record<string, number>> = { n: 1e9, u: 1e6, m: 1e3 };

const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i))?$/;

/** The number of a Kubernetes quantity: `1`, `"1000m"` and `"1"` are all 1; undefined when it is not a quantity. */
export function quantityValue(quantity: unknown): number | undefined {
  const [, digits, exponent = '', suffix = ''] = QUANTITY.exec(String(quantity)) ?? [];
  if (digits === undefined) return undefined;
  const value = Number(digits + exponent);
  const divisor = DIVISORS[suffix];
  return divisor === undefined ? value * (FACTORS[suffix] ?? 1) : value / divisor;
}
