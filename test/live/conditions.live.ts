import { setTimeout as sleep } from 'node:timers/promises';
import type { Any } from '../world/world-api';
import { type Answer, Answers } from './answers';
import { LiveStack, NAMESPACE } from './live-stack';
import { type LiveWorld, startLiveWorld } from './live-world';

interface Case {
  readonly name: string;
  readonly answers: readonly Answer[];
  /** Phase of the AnalysisRun of the guards: the limit is 0.02. */
  readonly guards: string;
  /** Phase of the AnalysisRun of the faults after a while: the limit is 0.2, and it runs until the promotion. */
  readonly faults: string;
}

const CASES: readonly Case[] = [
  { name: 'below', answers: [['0.01']], guards: 'Successful', faults: 'Running' },
  { name: 'zero', answers: [['0']], guards: 'Successful', faults: 'Running' },
  { name: 'equal', answers: [['0.02']], guards: 'Successful', faults: 'Running' },
  { name: 'above', answers: [['0.3']], guards: 'Failed', faults: 'Failed' },
  { name: 'above-once', answers: [['0.3'], ['0.01']], guards: 'Successful', faults: 'Failed' },
  { name: 'not-a-number', answers: [['NaN']], guards: 'Inconclusive', faults: 'Running' },
  { name: 'infinite', answers: [['+Inf']], guards: 'Inconclusive', faults: 'Running' },
  { name: 'empty', answers: [[]], guards: 'Inconclusive', faults: 'Running' },
  { name: 'two-good', answers: [['0.01', '0.01']], guards: 'Inconclusive', faults: 'Running' },
  { name: 'two-bad', answers: [['0.3', '0.3']], guards: 'Inconclusive', faults: 'Running' },
  { name: 'late', answers: [[], [], ['NaN'], ['0.01']], guards: 'Successful', faults: 'Running' },
  { name: 'query-fails', answers: ['error'], guards: 'Running', faults: 'Running' },
  { name: 'query-fails-once', answers: ['error', ['0.01']], guards: 'Successful', faults: 'Running' },
];

let world: LiveWorld;
const TEMPLATES = ['truth-faults', 'truth-guards'];
const answers = new Answers(
  Object.fromEntries(TEMPLATES.flatMap((template) => CASES.map((each) => [`${template}-${each.name}`, each.answers]))),
);

/** An AnalysisRun of the first metric of an emitted template, at another server. */
function runOf({ metadata, spec }: Any, name: string): Any {
  const [metric] = spec.metrics;
  const prometheus = { ...metric.provider.prometheus, address: answers.addressOf(`${metadata.name}-${name}`) };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisRun',
    metadata: { name: `${metadata.name}-${name}`, namespace: NAMESPACE },
    spec: {
      args: spec.args.map((arg: Any) => ({ ...arg, value: 'abc' })),
      metrics: [{ ...metric, initialDelay: '0s', provider: { prometheus } }],
    },
  };
}

const statusOf = async (template: string, name: string): Promise<Any> =>
  (await world.api.get(`/apis/argoproj.io/v1alpha1/namespaces/${NAMESPACE}/analysisruns/truth-${template}-${name}`))
    .status;

beforeAll(async () => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  world = await startLiveWorld([NAMESPACE]);
  await answers.listen();
  const templates = new LiveStack(world, 'truth').manifests('v1').filter(({ kind }) => kind === 'AnalysisTemplate');
  expect(templates.map(({ metadata }) => metadata.name).sort()).toEqual(TEMPLATES);
  await world.apply(templates.flatMap((template) => CASES.map(({ name }) => runOf(template, name))));
  // Ten measurements, and one repeated query.
  await sleep(16_000);
});

afterAll(async () => {
  answers.close();
  await world?.stop();
});

test.each(CASES)('guards whose query answers "$name" are $guards', async ({ name, guards }) => {
  expect((await statusOf('guards', name)).phase).toBe(guards);
});

test.each(CASES)('the analysis of faults is $faults if its query answers "$name"', async ({ name, faults }) => {
  expect((await statusOf('faults', name)).phase).toBe(faults);
});

test('a failed query is repeated', async () => {
  const { metricResults } = await statusOf('guards', 'query-fails');
  expect(metricResults[0].error).toBeGreaterThanOrEqual(2);
  expect(metricResults[0].failed).toBeUndefined();
});
