/* eslint-disable @typescript-eslint/no-require-imports -- loaded on first use: rules, alerts and the collector are half of
   the library's modules, and a stack without monitoring and tracing needs none of them. */
import type * as Collector from '../tracing/collector-manifests';
import type * as Tracing from '../tracing/tracing-plan';
import type * as TracingFindings from '../tracing/tracing-findings';
import type * as FindingsOnCpu from './findings-on-cpu';
import type * as GatewayOfRoutes from './gateway-of-routes';
import type * as Routes from './routes';
import type * as RolloutPlanning from './rollout';
import type * as RolloutFindings from '../delivery/findings/rollout-findings';
import type * as RolloutObjects from './rollout-objects';
import type * as RoutesFindings from '../routing/routes-findings';
import type * as RoutesManifests from '../routing/manifests/routes-manifests';
import type * as SmokeTestJob from '../smoke-test/smoke-test-job';
import type * as RoutesSmokeTest from './routes-smoke-test';
import type * as OneAnswer from '../routing/match/one-answer';
import type * as Watch from './watch';
import type * as WatchFindings from './watch-findings';

export const planTracing = () => (require('../tracing/tracing-plan') as typeof Tracing).planTracing;
export const tracingFindings = () => (require('../tracing/tracing-findings') as typeof TracingFindings).tracingFindings;
export const watchFindings = () => (require('./watch-findings') as typeof WatchFindings).watchFindings;
export const planWatch = () => (require('./watch') as typeof Watch).planWatch;
export const gatewayOfRoutes = () => (require('./gateway-of-routes') as typeof GatewayOfRoutes).gatewayOfRoutes;
export const findingsOnCpu = () => (require('./findings-on-cpu') as typeof FindingsOnCpu).findingsOnCpu;
export const planStackRoutes = () => (require('./routes') as typeof Routes).planStackRoutes;
export const rolloutOf = () => (require('./rollout') as typeof RolloutPlanning).rolloutOf;
export const rolloutFindings = () =>
  (require('../delivery/findings/rollout-findings') as typeof RolloutFindings).rolloutFindings;
export const rolloutManifests = () => (require('./rollout-objects') as typeof RolloutObjects).rolloutManifests;
export const routesFindings = () => (require('../routing/routes-findings') as typeof RoutesFindings).routesFindings;
export const routesManifests = () =>
  (require('../routing/manifests/routes-manifests') as typeof RoutesManifests).routesManifests;
export const refuseTwoAnswers = () => (require('../routing/match/one-answer') as typeof OneAnswer).refuseTwoAnswers;
export const routesSmokeTest = () => require('./routes-smoke-test') as typeof RoutesSmokeTest;
export const smokeTestJob = () => (require('../smoke-test/smoke-test-job') as typeof SmokeTestJob).smokeTestJob;
export const collectorObjects = () => (require('../tracing/collector-manifests') as typeof Collector).collectorObjects;
