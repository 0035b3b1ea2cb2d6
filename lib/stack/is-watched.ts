import type { VllmInferenceStackProps } from './vllm-inference-stack-props';

/** Whether a stack is scraped, recorded or shown. */
export function isWatched(props: VllmInferenceStackProps): boolean {
  const { objectives = [], monitor, monitoringLabels, alerts: tuned, dashboards, price, scaling, delivery } = props;
  const { gatewayTraffic } = props;
  const set = [
    monitor,
    monitoringLabels,
    tuned,
    dashboards,
    price,
    scaling?.kedaOptions,
    gatewayTraffic,
    delivery?._rollout,
  ];
  return objectives.length > 0 || set.some((each) => each !== undefined);
}

/** The model name that clients send: the first served name, by default the id of the model. */
export function modelOf({ model }: Pick<VllmInferenceStackProps, 'model'>): string {
  return model.options.servedNames?.[0] ?? model.id;
}
