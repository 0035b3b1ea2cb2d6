import type { MetricRole } from '../../engine/metric-roles';
import type { Row } from '../grafana/layout';
import { timeseries } from '../grafana/timeseries';
import { UNIT } from '../grafana/units';
import { mean, quantile } from '../panel-queries';
import type { ServiceScope } from './scope';

const PHASES: readonly (readonly [metric: MetricRole, legend: string])[] = [
  ['queueTime', 'queue'],
  ['prefillTime', 'prefill'],
  ['decodeTime', 'decode'],
];

/** How long each phase of a request takes. */
export function phasesRow(scope: ServiceScope): Row {
  const phases = scope.hasTokens ? PHASES : PHASES.filter(([metric]) => metric !== 'decodeTime');
  const queries = phases.flatMap(([metric, legend]) => {
    const name = scope.name(metric);
    return name === undefined ? [] : [{ expr: mean((suffix) => scope.chosen(name + suffix)), legend }];
  });
  return {
    title: 'Time by phase',
    panels: [
      timeseries({
        title: 'Mean time by phase',
        about:
          'Mean seconds of a request in the queue, in prefill and in decode. A long queue needs more replicas, a long prefill shorter or cached prompts, a long decode shorter answers or smaller batches.',
        unit: UNIT.seconds,
        stacked: true,
        width: 12,
        queries,
      }),
      ...scope.ofTokens(() =>
        scope.histogram('timePerOutputToken', (of) => [
          timeseries({
            title: 'Time per output token',
            about:
              'Mean time per token of each request, as the client sees it. If p95 is far above the median, some requests are interrupted: look at preemptions and at the lengths of prompts.',
            unit: UNIT.seconds,
            width: 12,
            queries: [50, 95].map((percentile) => ({ expr: quantile(percentile / 100, of), legend: `p${percentile}` })),
          }),
        ]),
      ),
    ],
  };
}
