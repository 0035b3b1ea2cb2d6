import { Duration } from 'cdk8s';
import { ALERT_OPTIONS } from '../../lib/alerts/alert-shape';
import { findingLine } from '../../lib/preflight/finding';
import { findingsOf } from '../../lib/shapes/shape';

const linesOf = (options: unknown): string[] => findingsOf(options, 'alerts', ALERT_OPTIONS).map(findingLine);

describe('options of alerts', () => {
  it('accept no property and all properties', () => {
    expect(linesOf({})).toEqual([]);
    const tuning = { enabled: true, threshold: 0, pending: Duration.seconds(0), severity: 'info' };
    const rest = {
      runbookBaseUrl: 'https://wiki/',
      dashboardUrl: 'http://grafana/d/1?from=now-1h#top',
      labels: { team: 'ml' },
    };
    expect(linesOf({ ...rest, tune: { VllmOomKilled: tuning } })).toEqual([]);
  });

  it.each<[what: string, options: unknown, line: string]>([
    [
      'no object',
      7,
      'alerts: is 7; give an object with enabled, runbookBaseUrl, dashboardUrl, labels, tune [wrong-value]',
    ],
    [
      'a runbook that is not an address',
      { runbookBaseUrl: 'wiki' },
      'alerts.runbookBaseUrl: is "wiki"; give an address that begins with https:// or http://, without "?" and "#": names of pages are appended [wrong-value]',
    ],
    [
      'a runbook in a query',
      { runbookBaseUrl: 'https://wiki/?page=' },
      'alerts.runbookBaseUrl: is "https://wiki/?page="; give an address that begins with https:// or http://, without "?" and "#": names of pages are appended [wrong-value]',
    ],
    [
      'a runbook in a fragment',
      { runbookBaseUrl: 'https://wiki/#' },
      'alerts.runbookBaseUrl: is "https://wiki/#"; give an address that begins with https:// or http://, without "?" and "#": names of pages are appended [wrong-value]',
    ],
    [
      'a label that alerts already have',
      { labels: { severity: 'page' } },
      'alerts.labels.severity: is a label that alerts already have; use another name [wrong-value]',
    ],
    [
      'a label that distinguishes promises',
      { labels: { sloth_id: 'all' } },
      'alerts.labels.sloth_id: is a label that alerts already have; use another name [wrong-value]',
    ],
    [
      'a label that Prometheus keeps for itself',
      { labels: { __team: 'ml' } },
      'alerts.labels.__team: is not a label name; use letters, digits and "_", not "__" at the beginning [wrong-value]',
    ],
    [
      'an empty label',
      { labels: { team: '' } },
      'alerts.labels.team: is ""; give a non-empty string without "{{" [wrong-value]',
    ],
    [
      'a template',
      { labels: { team: '{{ $labels.pod }}' } },
      'alerts.labels.team: is "{{ $labels.pod }}"; give a non-empty string without "{{" [wrong-value]',
    ],
    [
      'an unknown severity',
      { tune: { VllmOomKilled: { severity: 'page' } } },
      'alerts.tune.VllmOomKilled.severity: is "page"; give one of critical, warning, info [wrong-value]',
    ],
    [
      'a threshold that is not a number',
      { tune: { VllmOomKilled: { threshold: NaN } } },
      'alerts.tune.VllmOomKilled.threshold: is NaN; give a number [wrong-value]',
    ],
    [
      'a fraction of a second',
      { tune: { VllmOomKilled: { pending: Duration.millis(1500) } } },
      'alerts.tune.VllmOomKilled.pending: is 1.5 s; give a Duration of whole seconds, for example Duration.minutes(10) [wrong-value]',
    ],
    [
      'an unknown property',
      { tune: { VllmOomKilled: { for: 1 } } },
      'alerts.tune.VllmOomKilled.for: unknown property; correct the name or remove it [unknown-property]',
    ],
  ])('refuses %s', (_, options, line) => {
    expect(linesOf(options)).toEqual([line]);
  });
});
