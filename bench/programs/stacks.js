/**
 * Constructs and prints many stacks, and measures the time of each part.
 *
 *     node stacks.js <output folder> <stacks> <charts> [--pinned | --watched | --canary] [--manifests <file>]
 *
 * `--pinned` sets the version of vLLM, which adds the comparison with the version before; `--watched` adds objectives
 * and a price; `--canary` adds a canary to these; `--manifests` saves the manifests for programs/plain.js.
 */
const { writeFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');
const { parseArgs } = require('node:util');
const { ApiObject, App, Chart, Duration, Yaml } = require('cdk8s');
const exported = require('cdk8s/lib/api-object');
const library = require('cdk8s-vllm');
const { Stopwatch, report } = require('./stopwatch');

const {
  Accelerator,
  CanaryRouter,
  Delivery,
  GpuModel,
  Model,
  Objective,
  Price,
  SecretKey,
  VllmInferenceStack,
  VllmVersion,
} = library;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pinned: { type: 'boolean' },
    watched: { type: 'boolean' },
    canary: { type: 'boolean' },
    manifests: { type: 'string' },
  },
});
const [outdir, stacks, charts] = positionals;
const vllmVersion = options.pinned ? VllmVersion.of('0.32.0') : undefined;
const isWatched = options.watched || options.canary;
const delivery = options.canary ? Delivery.canary({ router: CanaryRouter.istio() }) : undefined;
const watched = isWatched && {
  objectives: [
    Objective.timeToFirstToken({ percentile: 95, within: Duration.millis(60) }),
    Objective.errorRate({ below: 0.005 }),
  ],
  monitoringLabels: { release: 'prometheus' },
  price: Price.perGpuHour(2.5),
};

const inStack = new Stopwatch();
const inApiObject = new Stopwatch();
const inValidation = new Stopwatch();
const inYaml = new Stopwatch();

// The constructor of ApiObject is code of cdk8s, not of the library.
const construct = inApiObject.wrap((...args) => Reflect.construct(ApiObject, ...args));
exported.ApiObject = new Proxy(ApiObject, { construct: (_target, args) => construct(args) });
Yaml.save = inYaml.wrap(Yaml.save);

const makeStack = inStack.wrap((chart, index) => {
  new VllmInferenceStack(chart, `Stack${index}`, {
    name: `model-${index}`,
    model: Model.of('meta-llama/Llama-3.1-8B-Instruct', { accessToken: SecretKey.of('hugging-face', 'token') }),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    engine: { maxModelLen: 8192, gpuMemoryUtilization: 0.9 },
    vllmVersion,
    delivery,
    ...watched,
  });
});

const start = performance.now();
const app = new App({ outdir });
const addValidation = app.node.addValidation.bind(app.node);
app.node.addValidation = ({ validate }) => addValidation({ validate: inValidation.wrap(validate) });
const perChart = Number(stacks) / Number(charts);
for (let chartIndex = 0; chartIndex < Number(charts); chartIndex++) {
  const chart = new Chart(app, `chart-${chartIndex}`, { namespace: isWatched ? 'llm' : undefined });
  for (let index = 0; index < perChart; index++) makeStack(chart, chartIndex * perChart + index);
}
app.synth();
const end = performance.now();

report(
  {
    objects: app.node.findAll().filter((each) => 'apiGroup' in each).length,
    totalMs: end - start,
    processMs: end,
    stackMs: inStack.ms - inApiObject.ms,
    validationMs: inValidation.ms,
    yamlMs: inYaml.ms,
  },
  outdir,
);
if (options.manifests) {
  writeFileSync(options.manifests, JSON.stringify(app.charts.map((chart) => [chart.node.id, chart.toJson()])));
}
