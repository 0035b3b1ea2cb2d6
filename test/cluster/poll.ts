import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 25;

/** Polls until the result is true; after `timeoutMs` it fails with the error of `complaint`. */
export async function poll(ask: () => Promise<boolean>, timeoutMs: number, complaint: () => Error): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await ask())) {
    if (Date.now() > deadline) {
      throw complaint();
    }
    await sleep(INTERVAL_MS);
  }
}
