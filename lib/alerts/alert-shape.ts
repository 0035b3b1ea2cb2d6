import { ADDRESS, BASE_ADDRESS } from '../metrics/runbook';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { Shape } from '../shapes/shape';
import { findingsOf, flag, mapOf, oneOf, shape, wholeSeconds } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { AlertOptions, AlertTuning } from './alert-options';
import { AlertSeverity } from './alert-options';

const number = shape<number>('a number', (value) => typeof value === 'number' && Number.isFinite(value));

/** Prometheus reads labels of alerts as templates, and one that it cannot read breaks the rule. */
const labelText = shape<string>(
  'a non-empty string without "{{"',
  (value) => typeof value === 'string' && value.trim() !== '' && !value.includes('{{'),
);

const FIELDS = structOf<AlertOptions>(
  {},
  {
    enabled: flag,
    runbookBaseUrl: BASE_ADDRESS,
    dashboardUrl: ADDRESS,
    labels: mapOf(labelText),
    tune: mapOf(
      structOf<AlertTuning>(
        {},
        {
          enabled: flag,
          threshold: number,
          pending: wholeSeconds('Duration.minutes(10)'),
          severity: oneOf(...Object.values(AlertSeverity)),
        },
      ),
    ),
  },
);

/** Labels that the rules set, and those that tell one alert from another: to set them would merge alerts. */
const TAKEN = [
  ...['alertname', 'severity', 'namespace', 'app', 'model', 'pod', 'container', 'engine'],
  ...['sloth_id', 'sloth_service', 'sloth_slo', 'sloth_severity'],
  ...['gpu', 'UUID', 'modelName', 'GPU_I_ID', 'GPU_I_PROFILE', 'xid', 'clock_event', 'name', 'phase'],
];

function labelFindings(labels: unknown, subject: string): Finding[] {
  if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) return [];
  return Object.keys(labels).flatMap((label) => {
    const of = `${subject}.labels.${label}`;
    if (TAKEN.includes(label))
      return [error('wrong-value', of, 'is a label that alerts already have', 'use another name')];
    if (/^[a-zA-Z_]\w*$/.test(label) && !label.startsWith('__')) return [];
    return [error('wrong-value', of, 'is not a label name', 'use letters, digits and "_", not "__" at the beginning')];
  });
}

/** The shape of `AlertOptions`. */
export const ALERT_OPTIONS: Shape<AlertOptions> = {
  allowed: FIELDS.allowed,
  check: (value, subject, findings) => {
    const wrong = findingsOf(value, subject, FIELDS);
    findings.push(...wrong, ...labelFindings((value as { labels?: unknown } | null | undefined)?.labels, subject));
  },
};
