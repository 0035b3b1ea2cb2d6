import { PICKER } from '../defaults';
import { RANGE } from './pool-labels';

/** What the configuration of a picker depends on. */
export interface PickerConfigInput {
  readonly weights: { readonly prefixCache: number; readonly kvCache: number; readonly queue: number };
  /** Whether pods get only prompts of the lengths in their label. */
  readonly lengthFilter: boolean;
}

/**
 * Makes the picker read /metrics of every pod, as the chart does. It adds the rest itself: the picker of the highest
 * score, and the producers of estimated tokens and prefixes (pkg/epp/config/loader/defaults.go).
 */
const SOURCES = [
  // No pod of a pool serves TLS, and the parameters are the chart's.
  { type: 'metrics-data-source', parameters: { scheme: 'http', path: '/metrics', insecureSkipVerify: true } },
  { type: 'core-metrics-extractor' },
];

/**
 * The configuration file of an endpoint picker: that of llm-d's chart (llm-d/llm-d-router
 * config/charts/routerlib/templates/_config.yaml), and the length filter. Parameters are explicit where their default
 * would change what a user relies on.
 */
export function pickerConfig({ weights, lengthFilter }: PickerConfigInput) {
  const scorers = [
    { type: 'queue-scorer', weight: weights.queue },
    { type: 'kv-cache-utilization-scorer', weight: weights.kvCache },
    { type: 'prefix-cache-scorer', weight: weights.prefixCache },
  ].filter(({ weight }) => weight > 0);
  // contextlengthaware/README.md: without enableFiltering it only prefers pods.
  const filter = { type: 'context-length-aware', parameters: { label: RANGE, enableFiltering: true } };
  return {
    apiVersion: 'llm-d.ai/v1alpha1',
    kind: 'EndpointPickerConfig',
    plugins: [...(lengthFilter ? [filter] : []), ...scorers.map(({ type }) => ({ type })), ...SOURCES],
    schedulingProfiles: [
      {
        name: 'default',
        plugins: [
          ...(lengthFilter ? [{ pluginRef: filter.type, weight: PICKER.lengthWeight }] : []),
          ...scorers.map(({ type, weight }) => ({ pluginRef: type, weight })),
        ],
      },
    ],
  };
}
