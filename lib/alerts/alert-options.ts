import type { Duration } from 'cdk8s';

/**
 * How urgent an alert is.
 */
export enum AlertSeverity {
  /** Pages a person on call, also at night. */
  CRITICAL = 'critical',
  /** A person looks at it in working hours. */
  WARNING = 'warning',
  /** Notifies no one; it is on the dashboard. */
  INFO = 'info',
}

/**
 * Changes to one alert.
 */
export interface AlertTuning {
  /**
   * Whether the stack has the alert.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Value that the query compares with, in the unit that the alert's runbook names. It must be above 0; 0 is allowed
   * where it means "any". A share is below 1: 0.95 for 95 %. It is an error for an alert without a threshold, and for the
   * alerts of an objective, whose promise is the threshold.
   *
   * @default - the value of the catalogue
   */
  readonly threshold?: number;

  /**
   * How long the condition must hold before the alert fires, in whole seconds; 0 fires at once.
   *
   * @default - the value of the catalogue
   */
  readonly pending?: Duration;

  /**
   * How urgent the alert is.
   *
   * @default - the value of the catalogue
   */
  readonly severity?: AlertSeverity;
}

/**
 * Alerts of a stack.
 */
export interface AlertOptions {
  /**
   * Whether the stack has alerts. Recording rules and dashboards stay without them. When it is false, no other option of
   * alerts can be set.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Address of the runbooks. The name of the alert and `.md` are appended, so it must have neither `?` nor `#`.
   *
   * @default - the runbooks of this library on GitHub
   */
  readonly runbookBaseUrl?: string;

  /**
   * A dashboard to look at, as the annotation `dashboard_url`.
   *
   * @default - no annotation
   */
  readonly dashboardUrl?: string;

  /**
   * Labels on every alert, for routes of the Alertmanager: `{ team: 'ml-platform' }`. Labels that the alerts already
   * have are refused. Templates are refused too: a value is plain text.
   *
   * @default - `severity`, `namespace`, `app` and `model` only
   */
  readonly labels?: { [label: string]: string };

  /**
   * Changes, by the name of the alert: `{ VllmQueueTimeHigh: { threshold: 5 } }`. `docs/runbooks` lists the names. An
   * unknown name, or an alert that this stack does not have, is an error.
   *
   * @default - every alert as in the catalogue
   */
  readonly tune?: { [alert: string]: AlertTuning };
}
