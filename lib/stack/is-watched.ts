import type { VllmInferenceStackProps } from './vllm-inference-stack-props';

/** Whether anything about a stack is to be scraped, recorded or shown. */
export function isWatched(props: VllmInferenceStackProps): boolean {
  const { objectives = [], monitor, monitoringLabels, alerts: tuned, dashboards, price, scaling } = props;
  const said = [monitor, monitoringLabels, tuned, dashboards, price, scaling?.kedaOptions];
  return objectives.length > 0 || said.some((each) => each !== undefined);
}

/** What clients ask for: the first served name, and the id of the model by default. */
export function modelOf({ model }: Pick<VllmInferenceStackProps, 'model'>): string {
  return model.options.servedNames?.[0] ?? model.id;
}
