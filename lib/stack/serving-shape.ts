import type { Accelerator } from '../accelerator/accelerator';
import type { Placement } from '../accelerator/placement';
import { ENGINE_SHAPE } from '../engine/options/option-table';
import { POD_FIELD } from '../engine/pod-field';
import type { VllmVersion } from '../engine/vllm-version';
import type { Model } from '../model/model';
import type { Weights } from '../model/weights';
import { SECRET_KEY } from '../secrets/secret-key';
import { TIMING } from '../defaults';
import { DNS_1035_LABEL, DNS_LABEL } from '../shapes/kubernetes-names';
import { MAX_STACK_NAME } from '../plan/object-names';
import { instance, listOf, mapOf, shape, text, wholeSeconds } from '../shapes/shape';
import type { OptionalShapes, RequiredShapes } from '../shapes/struct';
import { structOf } from '../shapes/struct';
import type { LifecycleOptions } from '../timing/lifecycle-options';
import { RESOURCES_SHAPE } from '../timing/resource-shape';
import type { ServingProps } from './serving-props';

const duration = wholeSeconds('Duration.minutes(5)', { most: TIMING.longest });
const anyText = shape<string>('a string', (value) => typeof value === 'string');

const name = shape<string>(
  `lower-case letters, digits and "-", beginning with a letter, at most ${MAX_STACK_NAME} characters`,
  (value) => typeof value === 'string' && DNS_1035_LABEL.test(value) && value.length <= MAX_STACK_NAME,
);

/** Required properties of `ServingProps`. */
export const SERVING_REQUIRED: RequiredShapes<ServingProps> = {
  name,
  model: instance<Model>('Model', 'a Model, for example Model.of("meta-llama/Llama-3.1-8B-Instruct")'),
  accelerator: instance<Accelerator>('Accelerator', 'an Accelerator, for example Accelerator.gpu(GpuModel.L40S)'),
};

/** Optional properties of `ServingProps`. */
export const SERVING_OPTIONAL: OptionalShapes<ServingProps> = {
  namespace: shape<string>(
    'a namespace: at most 63 lower-case letters, digits and "-"',
    (value) => typeof value === 'string' && DNS_LABEL.test(value),
  ),
  vllmVersion: instance<VllmVersion>('VllmVersion', 'a VllmVersion, for example VllmVersion.of("0.32.0")'),
  engine: ENGINE_SHAPE,
  extraArgs: listOf(anyText),
  env: mapOf(anyText),
  secretEnv: mapOf(SECRET_KEY),
  fieldEnv: mapOf(POD_FIELD),
  apiKey: SECRET_KEY,
  weights: instance<Weights>('Weights', 'Weights, for example Weights.fromHub()'),
  placement: instance<Placement>('Placement', 'a Placement, for example Placement.gke()'),
  lifecycle: structOf<LifecycleOptions>(
    {},
    {
      startupBudget: duration,
      progressDeadline: duration,
      preStopDelay: duration,
      drainTimeout: duration,
      terminationGracePeriod: duration,
    },
  ),
  resources: RESOURCES_SHAPE,
  unsafeMemoryFit: text,
};
