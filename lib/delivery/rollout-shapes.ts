import { error } from '../preflight/finding';
import {
  above,
  flag,
  instance,
  integer,
  isString,
  listOf,
  matching,
  oneOf,
  shape,
  wholeSeconds,
} from '../shapes/shape';
import type { Shape } from '../shapes/shape';
import type { OptionalShapes } from '../shapes/struct';
import { structOf } from '../shapes/struct';
import { unique } from '../shapes/unique-list';
import type { PrometheusServer } from '../metrics/prometheus-server';
import type { BlueGreenOptions, CanaryOptions, StableComparison } from './canary-options';
import type { CanaryRouter } from './canary-router';
import type { Guard } from './guard';
import { Migration } from './migration';
import type { RolloutNotification } from './rollout-notification';
import { RolloutEvent } from './rollout-notification';
import type { AnalysisOptions, RolloutOptions } from './rollout-options';

const weightList = listOf(integer(1, 100), 1);

/** Rising shares of the requests, in percent. */
const weights: Shape<number[]> = {
  allowed: 'a rising list of whole numbers from 1 to 100, for example [5, 25, 50, 100]',
  check: (given, subject, findings) => {
    const before = findings.length;
    weightList.check(given, subject, findings);
    if (findings.length > before) return;
    (given as number[]).forEach((weight, index, all) => {
      const last = all[index - 1] ?? 0;
      if (index === 0 && weight === 100) {
        const fix = 'begin with a smaller one, or use Delivery.blueGreen';
        findings.push(error('wrong-value', `${subject}[0]`, 'is 100: no guard would judge the new version first', fix));
      }
      if (weight > last) return;
      const problem = `is ${weight}, after ${last}: the share of the new version must rise with each step`;
      findings.push(error('wrong-value', `${subject}[${index}]`, problem, `use more than ${last}, or remove it`));
    });
  },
};

/** A year: Go, in which Argo Rollouts and Prometheus are written, has no time of more than 292 years. */
const LONGEST = 31_536_000;

const ANALYSIS = structOf<AnalysisOptions>(
  {},
  {
    window: wholeSeconds('Duration.minutes(5)', { least: 1, most: LONGEST }),
    warmUp: wholeSeconds('Duration.minutes(1)', { most: LONGEST }),
    interval: wholeSeconds('Duration.minutes(1)', { least: 1, most: LONGEST }),
    successes: integer(1, 100),
    failures: integer(0, 100),
    measurements: integer(1, 1000),
    minRequests: integer(1),
    requestRate: above(0),
  },
);

/** The API server refuses names of annotations with more than 63: `subscribe.on-rollout-step-completed.` has 36 of them. */
const serviceName = matching(
  /^[a-z0-9]([-a-z0-9_]{0,25}[a-z0-9])?$/,
  'the name of a notification service of Argo Rollouts, at most 27 characters, for example "slack"',
);

const recipient = shape<string>(
  'a recipient without ";" and control characters, for example a channel',
  (value) => isString(value) && value.trim() !== '' && !/[;\p{Cc}]/u.test(value),
);

const NOTIFICATION = structOf<RolloutNotification>(
  { service: serviceName, recipients: unique(listOf(recipient, 1)) },
  { events: unique(listOf(oneOf(...Object.values(RolloutEvent)), 1)) },
);

/** Properties that canaries and blue-green rollouts have. */
const COMMON: OptionalShapes<RolloutOptions> = {
  analysis: ANALYSIS,
  guards: listOf(instance<Guard>('Guard', 'a Guard, for example Guard.custom({ name, query, maximum })')),
  prometheus: instance<PrometheusServer>('PrometheusServer', 'a PrometheusServer, made by PrometheusServer.at'),
  gpuBudget: integer(1),
  manualPromotion: flag,
  // Argo Rollouts reads an abort delay of 0 as "never".
  scaleDownDelay: wholeSeconds('Duration.seconds(30)', { most: 86_400 }),
  abortScaleDownDelay: wholeSeconds('Duration.seconds(30)', { least: 1, most: 86_400 }),
  notifications: listOf(NOTIFICATION),
  migration: oneOf(...Object.values(Migration)),
};

const atLeastOne = shape<number>(
  'a number of at least 1, for example 1.2',
  (value) => typeof value === 'number' && Number.isFinite(value) && value >= 1,
);

export const CANARY_OPTIONS = structOf<CanaryOptions>(
  { router: instance<CanaryRouter>('CanaryRouter', 'a CanaryRouter, for example CanaryRouter.gatewayApi()') },
  {
    ...COMMON,
    weights,
    analyzeFullWeight: flag,
    dynamicStableScale: flag,
    compareWithStable: structOf<StableComparison>({ maxLatencyRatio: atLeastOne }, {}),
  },
);

export const BLUE_GREEN_OPTIONS = structOf<BlueGreenOptions>({}, { ...COMMON, previewReplicas: integer(1) });
