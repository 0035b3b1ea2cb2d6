import type { Manifest } from '../stack';

/** Placeholders of a metric that no argument fills (utils/template/template.go, ResolveQuotedArgs). */
function unresolved(metric: Manifest, args: readonly string[]): string[] {
  const tags = [...JSON.stringify(metric).matchAll(/\{\{(.*?)\}\}/g)].map(([, tag = '']) => tag.trim());
  return tags.filter((tag) => !args.some((name) => tag === `args.${name}`));
}

const duration = /^(\d+(ms|s|m|h))+$/;

/** Complaints about one metric (utils/analysis/factory.go, ValidateMetric). */
function metricComplaints(metric: Manifest): string[] {
  const { count = 0, failureLimit = 0, consecutiveSuccessLimit = 0, inconclusiveLimit = 0 } = metric;
  const { interval, initialDelay, provider } = metric;
  const providers = Object.keys(provider);
  return [
    ...(consecutiveSuccessLimit < 0 || failureLimit < 0 || inconclusiveLimit < 0 ? ['a limit is below 0'] : []),
    ...(count > 0 && count < failureLimit + consecutiveSuccessLimit
      ? ['count must be >= failureLimit + consecutiveSuccessLimit']
      : []),
    ...(count > 0 && count < inconclusiveLimit ? ['count must be >= inconclusiveLimit'] : []),
    ...(count > 1 && interval === undefined ? ['interval must be specified when count > 1'] : []),
    ...[interval, initialDelay].flatMap((given) =>
      given === undefined || duration.test(given) ? [] : [`invalid duration ${given}`],
    ),
    ...(providers.length === 1 ? [] : [`${providers.length} providers`]),
  ].map((complaint) => `metric ${metric.name}: ${complaint}`);
}

/** Complaints about an analysis of a Rollout and its templates (ValidateAnalysisTemplatesWithType, ValidateMetrics). */
export function analysisComplaints(analysis: Manifest, objects: readonly Manifest[], isBackground: boolean): string[] {
  return analysis.templates.flatMap(({ templateName }: Manifest) => {
    const template = objects.find(
      ({ kind, metadata }) => kind === 'AnalysisTemplate' && metadata.name === templateName,
    );
    if (template === undefined) return [`AnalysisTemplate ${templateName} not found`];
    const { args = [], metrics = [] } = template.spec;
    const given: string[] = (analysis.args ?? []).map(({ name }: Manifest) => name);
    const names: string[] = args.map(({ name }: Manifest) => name);
    const missing = args.filter(
      ({ name, value, valueFrom }: Manifest) => value === undefined && !valueFrom && !given.includes(name),
    );
    const metricNames: string[] = metrics.map(({ name }: Manifest) => name);
    return [
      ...missing.map(({ name }: Manifest) => `args.${name} was not resolved`),
      ...metrics.flatMap((metric: Manifest) => [
        ...unresolved(metric, names).map((tag) => `metric ${metric.name}: failed to resolve {{${tag}}}`),
        ...(!isBackground && !metric.count && metric.interval ? [`metric ${metric.name} runs indefinitely`] : []),
        ...metricComplaints(metric),
      ]),
      ...(metrics.length === 0 ? ['no metrics specified'] : []),
      ...(new Set(metricNames).size < metricNames.length ? ['duplicate names of metrics'] : []),
    ].map((complaint) => `${templateName}: ${complaint}`);
  });
}
