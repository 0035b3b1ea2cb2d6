import { monitorFindings } from '../../lib/monitoring/monitor-findings';
import { Duration } from 'cdk8s';
import { Monitor } from '../../lib/monitoring/monitor';
import type { MonitorOptions } from '../../lib/monitoring/monitor';
import { monitorDecision } from '../../lib/monitoring/monitor-plan';
import { messageOf } from '../support/scaling';
import { lines, monitorPlan, TLS } from './support';

const seconds = (value: number) => Duration.seconds(value);
const found = (options: MonitorOptions) => lines(monitorFindings(monitorPlan(Monitor.pods(options))));

describe('a monitor', () => {
  it('scrapes every 15 s by default, without findings', () => {
    const plan = monitorPlan(Monitor.pods());
    const { scrapeInterval, object } = plan;
    expect(scrapeInterval).toEqual({ value: 15, reason: 'default: a rate over a minute has four scrapes' });
    expect(object?.scrapeTimeout).toBe(10);
    expect(monitorFindings(plan)).toEqual([]);
  });

  it('is a decision of the plan', () => {
    expect(monitorDecision(monitorPlan(Monitor.pods({ interval: seconds(30) })))).toEqual({
      what: 'time between scrapes',
      value: '30 s',
      reason: 'set in monitor.interval',
    });
  });

  it('scrapes at the set interval, with a timeout before the next scrape', () => {
    const { scrapeInterval, object } = monitorPlan(Monitor.pods({ interval: seconds(5) }));
    expect(scrapeInterval).toEqual({ value: 5, reason: 'set in monitor.interval' });
    expect(object?.scrapeTimeout).toBe(5);
  });

  it('copies the labels of stacks and revisions, and each label of the user once', () => {
    const { object } = monitorPlan(Monitor.pods({ podTargetLabels: ['team', 'app', 'team'] }));
    expect(object?.podTargetLabels).toEqual(['app', 'pod-template-hash', 'rollouts-pod-template-hash', 'team']);
  });

  it('may be your own: a notice lists the labels that it needs', () => {
    const plan = monitorPlan(Monitor.none());
    const { object, scrapeInterval } = plan;
    expect(object).toBeUndefined();
    expect(scrapeInterval).toEqual({ value: 15, reason: 'expected of your own monitor' });
    expect(lines(monitorFindings(plan))).toEqual([
      expect.stringMatching(/^monitor: .*namespace, app, pod and model.*elsewhere\]$/),
    ]);
  });

  it.each<[what: string, options: MonitorOptions, line: string]>([
    [
      'scrapes that are too frequent',
      { interval: seconds(4) },
      'monitor.interval: is 4 s: a pod exports about 600 series, and no rule or scaler reacts that fast; use 5 s or more [scrape-interval-too-short]',
    ],
    [
      'scrapes too rare for the rates of rules',
      { interval: seconds(76) },
      'monitor.interval: is 76 s, but rules and dashboards use rates over 300 s, which need four scrapes; use 75 s or less [scrape-interval-too-long]',
    ],
    [
      'a timeout longer than the interval',
      { scrapeTimeout: seconds(16) },
      'monitor.scrapeTimeout: is 16 s, longer than the interval of 15 s: the Prometheus Operator refuses that; use at most 15 s [scrape-timeout]',
    ],
    [
      'certificates of an engine without TLS',
      { tls: { serverName: 'llm.example.com' } },
      'monitor.tls: is set, but the engine serves plain HTTP; set engine.sslCertfile too, or remove it [monitor-tls-unused]',
    ],
  ])('refuses %s', (_, options, line) => {
    expect(found(options)).toEqual([line]);
  });

  it('accepts the maximum interval for rates', () => {
    expect(found({ interval: seconds(75) })).toEqual([]);
  });

  it.each(['model_name', 'engine', 'handler', 'method', 'status', 'le', 'reason', 'source', 'finished_reason'])(
    'refuses the target label %s, which vLLM has itself',
    (label) => {
      expect(found({ podTargetLabels: ['team', label] })).toEqual([
        expect.stringMatching(/^monitor.podTargetLabels\[1\]: .* \[label-collision\]$/),
      ]);
    },
  );

  it('refuses target labels that become one of vLLM’s, or that every pod already has', () => {
    expect(found({ podTargetLabels: ['model-name', 'pod'] })).toEqual([
      expect.stringContaining('is "model-name", a label of vLLM\'s own series'),
      expect.stringContaining('is "pod", a label that every scraped pod already has'),
    ]);
  });

  it('has a notice about an unverified certificate unless its name is set', () => {
    expect(lines(monitorFindings(monitorPlan(Monitor.pods(), TLS)))).toEqual([
      expect.stringContaining('[monitor-unverified]'),
    ]);
    const verified = Monitor.pods({ tls: { serverName: 'llm.example.com' } });
    expect(monitorFindings(monitorPlan(verified, TLS))).toEqual([]);
  });

  it.each<[string, object]>([
    ['interval', { interval: Duration.millis(1500) }],
    ['scrapeTimeout', { scrapeTimeout: 10 }],
    ['podTargetLabels[0]', { podTargetLabels: ['a b'] }],
    ['tls.serverName', { tls: { serverName: '10.0.0.1:8000' } }],
    ['every', { every: 15 }],
  ])('refuses a wrong %s in the factory', (subject, options) => {
    expect(messageOf(() => Monitor.service(options))).toContain(`  - ${subject}: `);
  });
});
