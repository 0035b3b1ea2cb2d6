import { MONITORING, SCALING } from '../defaults';
import type { Decided, Decision } from '../defaults/decision';
import { decide } from '../defaults/decision';
import type { StackPlan } from '../plan/stack-plan';
import { secretReference } from '../secrets/secret-key';
import type { Monitor } from './monitor';
import type { MonitorObject } from './monitor-object';

/** What the stack passes in. */
export interface MonitorInput {
  readonly plan: StackPlan;
  /** The model name that clients send: the label `model` of every series. */
  readonly model: string;
  /** Labels by which Service and Deployment select the pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** Labels of the pods that differ between revisions, of every kind of workload. */
  readonly revisionLabels: readonly string[];
}

/** Everything decided about scraping. */
export interface MonitorPlan {
  readonly scrapeInterval: Decided;
  /** Undefined with `Monitor.none()`. */
  readonly object: MonitorObject | undefined;
  /** What the findings need besides the decisions. */
  readonly context: {
    /** Labels of the pods that the user adds to the series. */
    readonly podTargetLabels: readonly string[];
    readonly tlsIsSet: boolean;
    /** True when the engine serves TLS. */
    readonly https: boolean;
  };
}

/** Decides how a stack is scraped. Expects options of the right shape. */
export function planMonitor(monitor: Monitor, { plan, model, selector, revisionLabels }: MonitorInput): MonitorPlan {
  const { interval, scrapeTimeout, podTargetLabels = [], tls } = monitor.options;
  const scrapeInterval = decide(interval?.toSeconds(), 'monitor.interval', () => ({
    value: SCALING.scrapeInterval,
    reason:
      monitor.kind === undefined ? 'expected of your own monitor' : 'default: a rate over a minute has four scrapes',
  }));
  const object =
    monitor.kind === undefined
      ? undefined
      : {
          kind: monitor.kind as MonitorObject['kind'],
          name: plan.names.monitor,
          selector,
          service: plan.names.service,
          model,
          scrapeTimeout: scrapeTimeout?.toSeconds() ?? Math.min(MONITORING.scrapeTimeout, scrapeInterval.value),
          // On every series: the pool, and the revision, which separates a canary from the stable pods.
          podTargetLabels: [...new Set(['app', ...revisionLabels, ...podTargetLabels])],
          tls: plan.https ? { serverName: tls?.serverName, ca: tls?.ca && secretReference(tls.ca) } : undefined,
        };
  return { scrapeInterval, object, context: { podTargetLabels, tlsIsSet: tls !== undefined, https: plan.https } };
}

/** The scrape interval, as a decision. */
export function monitorDecision({ scrapeInterval: { value, reason } }: MonitorPlan): Decision {
  return { what: 'time between scrapes', value: `${value} s`, reason };
}
