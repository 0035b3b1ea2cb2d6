import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 25;

/** Asks until the answer is yes; after `timeoutMs` fails with what `complaint` says by then. */
export async function poll(ask: () => Promise<boolean>, timeoutMs: number, complaint: () => Error): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await ask())) {
    if (Date.now() > deadline) {
      throw complaint();
    }
    await sleep(INTERVAL_MS);
  }
}
