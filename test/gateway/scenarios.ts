import type { Scenario } from './scenario';
import { lengthsScenario, modelsScenario, tiersScenario } from './scenarios/examples';
import { headerScenario } from './scenarios/headers';
import { hostnameScenario } from './scenarios/hostnames';
import { namespaceScenario } from './scenarios/namespaces';
import { pathScenario } from './scenarios/paths';
import { precedenceScenario } from './scenarios/precedence';
import { metricsScenario, trafficScenario } from './scenarios/traffic';
import { watchedScenario } from './scenarios/watched';

/** Each has a Gateway and an Envoy of its own. */
export const SCENARIOS: readonly Scenario[] = [
  headerScenario,
  hostnameScenario,
  namespaceScenario,
  pathScenario,
  precedenceScenario,
  trafficScenario,
  metricsScenario,
  modelsScenario,
  tiersScenario,
  lengthsScenario,
  watchedScenario,
];
