import { ADDRESS } from '../metrics/runbook';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { Shape } from '../private/shape';
import { findingsOf, flag, mapOf, oneOf, shape, struct, text, wholeSeconds } from '../private/shape';

const number = shape('a number', (value) => typeof value === 'number' && Number.isFinite(value));

const FIELDS = struct(
  {},
  {
    enabled: flag,
    runbookBaseUrl: ADDRESS,
    dashboardUrl: ADDRESS,
    labels: mapOf(text),
    tune: mapOf(
      struct(
        {},
        {
          enabled: flag,
          threshold: number,
          pending: wholeSeconds('Duration.minutes(10)'),
          severity: oneOf('critical', 'warning', 'info'),
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
      return [error('wrong-value', of, 'is a label that alerts have already', 'use another name')];
    if (/^[a-zA-Z_]\w*$/.test(label) && !label.startsWith('__')) return [];
    return [error('wrong-value', of, 'is no label name', 'give letters, digits and "_", not "__" at its beginning')];
  });
}

/** The shape of `AlertOptions`. */
export const ALERT_OPTIONS: Shape = {
  allowed: FIELDS.allowed,
  check: (value, subject, findings) => {
    const wrong = findingsOf(value, subject, FIELDS);
    findings.push(...wrong, ...labelFindings((value as { labels?: unknown } | null | undefined)?.labels, subject));
  },
};
