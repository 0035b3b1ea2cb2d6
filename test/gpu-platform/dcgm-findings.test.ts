import { Duration, Size } from 'cdk8s';
import { exporterErrors, exporterFound, exporterWith } from '../support/gpu-platform';

const counter = { field: 'DCGM_FI_DEV_PCIE_LINK_GEN', type: 'gauge', help: 'PCIe generation.' };
const counters = (...more: object[]) => ({ extraCounters: more.map((each) => ({ ...counter, ...each })) });

describe('the exporter refuses', () => {
  it.each<[what: string, options: object, message: string]>([
    ['options that are not an object', [] as object, 'exporter: is []; give an object'],
    ['an unknown option', { profilling: true }, 'did you mean "profiling"?'],
    ['a string instead of true', { profiling: 'true' }, 'exporter.profiling: is "true"'],
    ['an interval in numbers', { interval: 15 }, 'exporter.interval: is 15'],
    ['an interval of 0', { interval: Duration.seconds(0) }, 'at most 60 s'],
    ['an interval of half a second', { interval: Duration.millis(500) }, 'is 0.5 s'],
    ['an interval of minutes', { interval: Duration.minutes(2) }, 'is 120 s'],
    ['a counter that is not a field', counters({ field: 'gpu_temp' }), 'the name of a DCGM field'],
    ['a field in small letters', counters({ field: 'dcgm_fi_dev_gpu_temp' }), 'extraCounters[0].field'],
    ['a type that the exporter does not know', counters({ type: 'histogram' }), 'give one of gauge, counter, label'],
    ['help text with a comma', counters({ help: 'a, b' }), 'give one line of text without commas'],
    ['help of two lines', counters({ help: 'a\nb' }), 'extraCounters[0].help'],
    ['no help', counters({ help: '' }), 'extraCounters[0].help'],
    ['missing help text', { extraCounters: [{ field: 'DCGM_FI_X', type: 'gauge' }] }, '[missing-property]'],
    ['a field of the library', counters({ field: 'DCGM_FI_DEV_GPU_TEMP' }), 'which the library already reads'],
    ['a field twice', counters({}, {}), 'extraCounters[1]: is DCGM_FI_DEV_PCIE_LINK_GEN, which the list has already'],
    [
      'a profiling field without profiling',
      { profiling: false, ...counters({ field: 'DCGM_FI_PROF_SM_ACTIVE' }) },
      'cannot read without profiling',
    ],
    ['no pod label', { podLabels: [] }, 'exporter.podLabels: is []'],
    ['one pod label twice', { podLabels: ['team', 'team'] }, 'each once'],
    ['a CPU that is not a number', { resources: { cpu: NaN } }, 'exporter.resources.cpu: is NaN'],
    ['a counter that is null', { extraCounters: [null] }, 'exporter.extraCounters[0]: is null'],
    ['a pattern for pod labels', { podLabels: ['^team$'] }, 'give the key of a pod label'],
    ['a runbook without an address', { runbookBaseUrl: 'docs/runbooks' }, 'give an address that begins with https://'],
    ['a runbook in a query', { runbookBaseUrl: 'https://wiki/?page=' }, 'without "?" and "#"'],
    ['runbooks without alerts', { alerts: false, runbookBaseUrl: 'https://wiki' }, '[dcgm-runbooks-unused]'],
    ['a CPU of 0', { resources: { cpu: 0 } }, 'exporter.resources.cpu: is 0'],
    ['memory as a number', { resources: { memory: 128 } }, 'exporter.resources.memory: is 128'],
    [
      'more memory than the limit',
      { resources: { memory: Size.gibibytes(1), memoryLimit: Size.mebibytes(512) } },
      'is 1024 MiB, but memoryLimit is 512 MiB',
    ],
  ])('%s', (_, options, message) => {
    expect(exporterErrors(options)).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['shared GPUs', { virtualGpus: true }],
    ['Dynamic Resource Allocation', { dra: true }],
  ])('labels of pods with %s', (how, context) => {
    expect(exporterErrors({ podLabels: ['team'] }, context)).toEqual([expect.stringContaining(`with ${how}`)]);
  });

  it('to emit manifests from options of a wrong shape', () => {
    expect(exporterWith({ interval: 15 as never })).toEqual([]);
  });
});

it('reports that its namespace must allow privileged pods', () => {
  const findings = exporterFound({}, { namespace: 'gpus' });
  expect(findings).toMatchObject([{ id: 'dcgm-privileged', severity: 'notice' }]);
  expect(findings[0]?.fix).toContain('kubectl label namespace gpus pod-security.kubernetes.io/enforce=privileged');
});
