import { MONITORING_NAMESPACE } from '../defaults';
import type { Decision } from '../defaults/decision';
import type { RolloutSpec } from '../delivery/rollout-spec';
import { scraperNamespaces } from '../metrics/prometheus-scraper';
import type { VllmInferenceStackProps } from './vllm-inference-stack-props';

/** Namespaces of Prometheus that the addresses of a stack show, with the properties that have them. */
export interface PrometheusNamespaces {
  readonly names: readonly string[];
  readonly decisions: readonly Decision[];
}

/** What the NetworkPolicy can know of Prometheus besides the default. */
export function prometheusNamespaces(
  { scaling, network }: VllmInferenceStackProps,
  spec: RolloutSpec | undefined,
  namespace: string | undefined,
): PrometheusNamespaces {
  const asked = [
    { subject: 'scaling.prometheus', address: scaling?.kedaOptions?.prometheus?.address },
    { subject: 'delivery.prometheus', address: spec?.prometheus?.address },
  ];
  const found = asked.flatMap(({ subject, address }) =>
    (address === undefined ? [] : scraperNamespaces(address)).map((name) => ({ subject, name })),
  );
  // Whether pods of the own namespace may connect is for ownNamespace to decide.
  const others = found.filter(({ name }) => name !== namespace && name !== MONITORING_NAMESPACE);
  const names = [...new Set(others.map(({ name }) => name))];
  const isUsed = names.length > 0 && network?.monitoringNamespaces === undefined && network?.policy !== false;
  const subjects = [...new Set(others.map(({ subject }) => subject))].join(' and ');
  const value = [MONITORING_NAMESPACE, ...names].join(', ');
  const reason = `the default, and the host in ${subjects}`;
  return { names, decisions: isUsed ? [{ what: 'namespaces of Prometheus', value, reason }] : [] };
}
