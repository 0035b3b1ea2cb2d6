/* eslint-disable @typescript-eslint/no-require-imports -- the tables are read on first use: most programs that import
   the library never read most of them, and an import statement would parse them all. */
import type * as Behaviour from './data/behaviour';
import type * as Env from './data/env';
import type * as Flags from './data/flags';
import type * as Json from './data/json-schema';
import type * as Metrics from './data/metrics';
import type * as Routes from './data/routes';

export const flagRows = () => (require('./data/flags') as typeof Flags).FLAGS;
export const jsonSchema = () => (require('./data/json-schema') as typeof Json).JSON_SCHEMA;
export const measuredSince = () => (require('./data/json-schema') as typeof Json).MEASURED_SINCE;
export const variableRows = () => (require('./data/env') as typeof Env).VARIABLES;
export const metricRows = () => (require('./data/metrics') as typeof Metrics).METRICS;
export const routeRows = () => (require('./data/routes') as typeof Routes).ROUTES;
export const apiKeyPrefixRows = () => (require('./data/routes') as typeof Routes).API_KEY_PREFIXES;
export const behaviourRows = () => (require('./data/behaviour') as typeof Behaviour).BEHAVIOUR;
