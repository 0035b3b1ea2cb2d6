import type { Server } from 'node:http';

/** The rest ends with the program that runs the tests. */
export default function globalTeardown(): void {
  const { gatewayTestPods } = globalThis as { gatewayTestPods?: Server };
  gatewayTestPods?.closeAllConnections();
  gatewayTestPods?.close();
}
