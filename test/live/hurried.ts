import type { Any } from '../world/world-api';

/** Seconds of the windows of queries. Prometheus scrapes each second. */
const WINDOW = 5;

/** Seconds of preStop hooks: longer than a gateway needs to learn of an endpoint that ends. */
const PRE_STOP = 3;

/** Times of an analysis: the first measurement is over requests with the new weight only. */
const TIMES = { initialDelay: `${WINDOW + 1}s`, interval: '1s' };

/** Seconds that replicas without requests are kept. */
const DELAY = 5;

/** Windows in brackets, and the seconds by which a rate is multiplied. */
export const hurriedQuery = (query: string): string =>
  query.replaceAll(/\[\d+[ms]\]/g, `[${WINDOW}s]`).replaceAll(/\b\d+ \* (?=\(*sum\()/g, `${WINDOW} * `);

function hurriedTemplate({ spec }: Any): void {
  for (const metric of spec.metrics) {
    Object.assign(metric, TIMES);
    const { prometheus } = metric.provider;
    prometheus.query = hurriedQuery(prometheus.query);
  }
}

/** Seconds without progress. No version loads for longer, but one that never starts. */
const DEADLINE = 12;

function hurriedStrategy(strategy: Any): void {
  for (const kind of ['canary', 'blueGreen'])
    if (strategy?.[kind]?.scaleDownDelaySeconds !== undefined) strategy[kind].scaleDownDelaySeconds = DELAY;
}

function hurriedPods(template: Any): void {
  for (const { lifecycle } of template?.spec?.containers ?? [])
    if (lifecycle?.preStop?.exec) lifecycle.preStop.exec.command = ['sleep', `${PRE_STOP}`];
}

/** What the library emits, with times of seconds instead of minutes. Nothing else differs. */
export function hurried(manifests: readonly object[]): Any[] {
  const copies: Any[] = structuredClone([...manifests]);
  for (const manifest of copies) {
    if (manifest.kind === 'AnalysisTemplate') hurriedTemplate(manifest);
    hurriedStrategy(manifest.spec?.strategy);
    if (manifest.kind === 'Rollout') manifest.spec.progressDeadlineSeconds = DEADLINE;
    hurriedPods(manifest.spec?.template);
  }
  return copies;
}
