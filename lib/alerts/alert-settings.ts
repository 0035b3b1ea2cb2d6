import type { AlertOptions, AlertTuning } from './alert-options';

/** Changes to one alert as a plan holds them. */
export interface TuningSettings extends Omit<AlertTuning, 'pending'> {
  /** Seconds. */
  readonly pending?: number;
}

/** What the user changes about alerts, as a plan holds it. */
export interface AlertSettings extends Omit<AlertOptions, 'tune'> {
  readonly tune?: Readonly<Record<string, TuningSettings>>;
}

/** The data of the options. */
export function alertSettings({ tune, ...options }: AlertOptions): AlertSettings {
  if (tune === undefined) return options;
  const tuned = Object.entries(tune).map(([name, { pending, ...tuning }]) => [
    name,
    pending === undefined ? tuning : { ...tuning, pending: pending.toSeconds() },
  ]);
  return { ...options, tune: Object.fromEntries(tuned) };
}
