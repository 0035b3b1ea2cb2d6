/** Fixed ports: the tests have a network namespace of their own. */
export const PORTS = {
  prometheus: 9090,
  rollouts: { metrics: 18090, health: 18080 },
  keda: { metrics: 18091, health: 18081, service: 9666 },
  adapter: { metrics: 18092, api: 6443 },
} as const;

/** The address of Prometheus, for everything in the world. */
export const PROMETHEUS = `http://127.0.0.1:${PORTS.prometheus}`;
