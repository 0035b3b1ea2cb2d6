import { otherNames } from '../shapes/other-names';

const MINIMUM = 'set minReplicas instead';
const MAXIMUM = 'set maxReplicas instead';
const SIGNALS = 'set signals instead, for example [Signal.inFlightRequests()]';
const TO_ZERO = 'set it in scaleToZero instead';

/** Names that a ScaledObject and a HorizontalPodAutoscaler have for options of `Scaling.keda`. */
const NAMES: Readonly<Record<string, string>> = {
  min: MINIMUM,
  minReplicaCount: MINIMUM,
  replicas: MINIMUM,
  max: MAXIMUM,
  maxReplicaCount: MAXIMUM,
  idleReplicaCount: 'set scaleToZero: {} instead',
  triggers: SIGNALS,
  metrics: SIGNALS,
  signal: SIGNALS,
  targetCPUUtilizationPercentage: SIGNALS,
  behavior: 'set speed instead',
  pollingInterval: TO_ZERO,
  cooldown: TO_ZERO,
  cooldownPeriod: 'set cooldown in scaleToZero instead',
  serverAddress: 'set prometheus: PrometheusServer.at(<address>) instead',
  prometheusAddress: 'set prometheus: PrometheusServer.at(<address>) instead',
  threshold: 'set the target in the factory of the signal instead',
};

/** What to do about an option that `Scaling.keda` does not have. */
export const kedaWhatToDo = otherNames(NAMES);
