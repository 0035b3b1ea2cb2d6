import type { AlertCase } from './alerts-case';
import { EXPORTER_LAYOUTS, type Labels, series, steady } from './alerts-series';
import type { Series } from './series';

const LENGTH = 300;

/** The Rollout in a phase, as the controller of Argo Rollouts reports it (controller/metrics/rollouts.go). */
const info = (place: Labels, phase: string, values = `1x${LENGTH}`): Series =>
  series('rollout_info', { ...place, name: 'vllm', strategy: 'canary', traffic_router: '', phase }, values);

/** An AnalysisRun in a phase, from minute 10 on. */
const run = (place: Labels, name: string, phase: string, values = `_x10 1x${LENGTH}`): Series =>
  series('analysis_run_info', { ...place, name, phase }, values);

const RUN = 'vllm-6d4cf56db6-2-1';

const ofBoth: readonly AlertCase[] = EXPORTER_LAYOUTS.flatMap(([layout, namespaceOf]): AlertCase[] => {
  const place = namespaceOf('argo-rollouts');
  return [
    {
      title: `an aborted canary, labels ${layout}`,
      series: [info(place, 'Abort')],
      at: 5,
      fires: { VllmCanaryAborted: [{ name: 'vllm', phase: 'Abort' }] },
    },
    {
      title: `a canary in progress, labels ${layout}`,
      series: [info(place, 'Progressing'), run(place, 'vllm-6d4cf56db6-2', 'Running')],
      at: 60,
      silent: ['VllmCanaryAborted', 'VllmCanaryAnalysisFailed', 'VllmCanaryPaused'],
    },
    {
      title: `a canary without enough data, which waits for a person, labels ${layout}`,
      series: [info(place, 'Paused'), run(place, RUN, 'Inconclusive')],
      at: 40,
      fires: { VllmCanaryPaused: [{ name: 'vllm' }] },
      silent: ['VllmCanaryAborted', 'VllmCanaryAnalysisFailed'],
    },
    {
      title: `an analysis that failed at minute 10, at 20, labels ${layout}`,
      series: [run(place, RUN, 'Failed')],
      at: 20,
      fires: { VllmCanaryAnalysisFailed: [{ name: RUN }] },
    },
    {
      title: `an analysis that failed at minute 10, at 90, labels ${layout}`,
      series: [run(place, RUN, 'Failed')],
      at: 90,
      silent: ['VllmCanaryAnalysisFailed'],
    },
  ];
});

const PLACE = { namespace: 'argo-rollouts', exported_namespace: 'llm', job: 'argo-rollouts' };

/** Every name that a run of the Rollout can have: of the background, a step, a repetition, before and after a switch. */
const RUNS = [
  'vllm-6d4cf56db6-2',
  'vllm-6d4cf56db6-2.1',
  'vllm-6d4cf56db6-12-10',
  'vllm-6d4cf56db6-2-3.2',
  'vllm-6d4cf56db6-2-pre',
  'vllm-6d4cf56db6-103-post.1',
];

/** Runs of stacks whose names begin with the name of this one; a hash may have digits only. */
const OTHER_RUNS = ['vllm-b-6d4cf56db6-2', 'vllm-b-4567894567-2-1', 'vllm-b-4567894567-2', 'vllm-b-2-6d4cf56db6-1-3'];

const OTHERS: readonly AlertCase[] = [
  ...['Timeout', 'Error', 'InvalidSpec'].map((phase): AlertCase => ({
    title: `a Rollout in the phase ${phase}`,
    series: [info(PLACE, phase)],
    at: 5,
    fires: { VllmCanaryAborted: [{ name: 'vllm', phase }] },
  })),
  {
    title: 'a completed Rollout',
    series: [info(PLACE, 'Completed'), run(PLACE, RUN, 'Successful')],
    at: 60,
    silent: ['VllmCanaryAborted', 'VllmCanaryAnalysisFailed', 'VllmCanaryPaused'],
  },
  {
    title: 'a canary that a person promotes after twenty minutes',
    series: [info(PLACE, 'Paused', '1x19 stale'), info(PLACE, 'Completed', `_x20 1x${LENGTH}`)],
    at: 40,
    silent: ['VllmCanaryPaused'],
  },
  {
    title: 'failed analyses of every kind',
    series: RUNS.map((name) => run(PLACE, name, 'Failed')),
    at: 20,
    fires: { VllmCanaryAnalysisFailed: RUNS.map((name) => ({ name })) },
  },
  {
    title: 'an analysis that could not be measured',
    series: [run(PLACE, RUN, 'Error')],
    at: 20,
    fires: { VllmCanaryAnalysisFailed: [{ name: RUN }] },
  },
  {
    title: 'failed analyses of stacks whose names begin alike',
    series: OTHER_RUNS.map((name) => run(PLACE, name, 'Failed')),
    at: 20,
    silent: ['VllmCanaryAnalysisFailed'],
  },
  {
    title: 'an analysis that failed hours ago, and a controller that was away an hour ago',
    series: [run(PLACE, RUN, 'Failed', '_x10 1x59 stale _x14 1x100')],
    at: 140,
    silent: ['VllmCanaryAnalysisFailed'],
  },
  {
    title: 'two replicas of the controller',
    series: ['a', 'b'].map((instance) =>
      steady('rollout_info', { ...PLACE, instance, name: 'vllm', phase: 'Abort' }, 1),
    ),
    at: 5,
    fires: { VllmCanaryAborted: [{ name: 'vllm', phase: 'Abort' }] },
  },
];

/** Of stacks that are Rollouts. */
export const ROLLOUT_CASES: readonly AlertCase[] = [...ofBoth, ...OTHERS].map((each) => ({
  stack: 'rollout',
  ...each,
}));
