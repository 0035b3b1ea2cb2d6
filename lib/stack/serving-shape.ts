import { ENGINE_SHAPE } from '../engine/options/option-table';
import { TIMING } from '../defaults';
import { DNS_1035_LABEL, DNS_LABEL } from '../shapes/kubernetes-names';
import { MAX_STACK_NAME } from '../plan/object-names';
import type { Shape } from '../shapes/shape';
import { atLeast, flag, instance, listOf, mapOf, shape, size, text, wholeSeconds } from '../shapes/shape';
import { struct } from '../shapes/struct';

const duration = wholeSeconds('Duration.minutes(5)', { most: TIMING.longest });
const memory = size('Size.gibibytes(16)');
const secretKey = instance('SecretKey', 'SecretKey.of(secretName, key): no secret goes into the program as text');
const anyText = shape('a string', (value) => typeof value === 'string');

const name: Shape = shape(
  `lower-case letters, digits and "-", beginning with a letter, at most ${MAX_STACK_NAME} characters`,
  (value) => typeof value === 'string' && DNS_1035_LABEL.test(value) && value.length <= MAX_STACK_NAME,
);

/** Required properties of `ServingProps`. */
export const SERVING_REQUIRED: Readonly<Record<string, Shape>> = {
  name,
  model: instance('Model', 'a Model, for example Model.of("meta-llama/Llama-3.1-8B-Instruct")'),
  accelerator: instance('Accelerator', 'an Accelerator, for example Accelerator.gpu(GpuModel.L40S)'),
};

/** Optional properties of `ServingProps`. */
export const SERVING_OPTIONAL: Readonly<Record<string, Shape>> = {
  namespace: shape(
    'a namespace: lower-case letters, digits and "-"',
    (value) => typeof value === 'string' && DNS_LABEL.test(value),
  ),
  vllmVersion: instance('VllmVersion', 'a VllmVersion, for example VllmVersion.of("0.32.0")'),
  engine: ENGINE_SHAPE,
  extraArgs: listOf(anyText),
  env: mapOf(anyText),
  secretEnv: mapOf(secretKey),
  apiKey: secretKey,
  weights: instance('Weights', 'Weights, for example Weights.fromHub()'),
  placement: instance('Placement', 'a Placement, for example Placement.gke()'),
  lifecycle: struct(
    {},
    {
      startupBudget: duration,
      progressDeadline: duration,
      preStopDelay: duration,
      drainTimeout: duration,
      terminationGracePeriod: duration,
    },
  ),
  resources: struct(
    {},
    {
      cpu: atLeast(0.1),
      cpuLimit: atLeast(0.1),
      memory,
      memoryLimit: memory,
      sharedMemory: memory,
      ephemeralStorage: memory,
      guaranteed: flag,
    },
  ),
  unsafeMemoryFit: text,
};
