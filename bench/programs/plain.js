/**
 * Prints the manifests that programs/stacks.js saved, each as one plain ApiObject. Measures cdk8s without the library.
 *
 *     node plain.js <output folder> <file with the manifests>
 */
const { readFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');
const { argv } = require('node:process');
const { ApiObject, App, Chart, Yaml } = require('cdk8s');
const { Stopwatch, report } = require('./stopwatch');

const [, , outdir, file] = argv;
const inYaml = new Stopwatch();
Yaml.save = inYaml.wrap(Yaml.save);
const manifests = JSON.parse(readFileSync(file, 'utf8'));

const start = performance.now();
const app = new App({ outdir });
let objects = 0;
for (const [id, ofChart] of manifests) {
  const chart = new Chart(app, id);
  for (const manifest of ofChart) new ApiObject(chart, `Object${objects++}`, manifest);
}
app.synth();
const end = performance.now();

report({ objects, totalMs: end - start, processMs: end, yamlMs: inYaml.ms }, outdir);
