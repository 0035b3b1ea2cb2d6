/** Grafana's ids of units (packages/grafana-data/src/valueFormats/categories.ts). */
export const UNIT = {
  count: 'short',
  /** 0 to 1, shown as 0 to 100 %. */
  share: 'percentunit',
  seconds: 's',
  requestsPerSecond: 'reqps',
  tokens: 'suffix: tok',
  tokensPerSecond: 'suffix: tok/s',
  perSecond: 'suffix:/s',
  bytes: 'bytes',
  bytesPerSecond: 'Bps',
  watts: 'watt',
  celsius: 'celsius',
  hertz: 'hertz',
  dollars: 'currencyUSD',
  tokensPerDollar: 'suffix: tok/$',
  none: 'none',
} as const;

export type Unit = (typeof UNIT)[keyof typeof UNIT];
