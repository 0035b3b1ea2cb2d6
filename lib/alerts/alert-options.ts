import type { Duration } from 'cdk8s';

/**
 * Who is told about an alert.
 */
export enum AlertSeverity {
  /** Somebody is woken at night. */
  CRITICAL = 'critical',
  /** Somebody looks at it in working hours. */
  WARNING = 'warning',
  /** Nobody is told; it is on the dashboard. */
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
   * What the query compares with, in the unit of the alert's runbook: above 0, or at least 0 where that means "any", and
   * a share is below 1, 0.95 for 95 %. It is an error for an alert
   * that compares with nothing, and for those of an objective, whose promise is the threshold.
   *
   * @default - that of the catalogue
   */
  readonly threshold?: number;

  /**
   * How long the condition must hold before anybody is told, in whole seconds; 0 for at once.
   *
   * @default - that of the catalogue
   */
  readonly pending?: Duration;

  /**
   * Who is told.
   *
   * @default - that of the catalogue
   */
  readonly severity?: AlertSeverity;
}

/**
 * Alerts of a stack.
 */
export interface AlertOptions {
  /**
   * Whether the stack has alerts at all; records and dashboards stay. Without them nothing else of this can be said.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Where the runbooks are: the name of the alert and `.md` are appended, so the address has neither `?` nor `#`.
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
   * Labels on every alert, for routes of the Alertmanager: `{ team: 'ml-platform' }`. Labels that the alerts have already
   * are refused, and so are templates: a value is text.
   *
   * @default - `severity`, `namespace`, `app` and `model` alone
   */
  readonly labels?: { [label: string]: string };

  /**
   * Changes by the name of the alert: `{ VllmQueueTimeHigh: { threshold: 5 } }`. `docs/runbooks` lists the names. A name
   * that does not exist, or that this stack does not have, is an error.
   *
   * @default - every alert as in the catalogue
   */
  readonly tune?: { [alert: string]: AlertTuning };
}
