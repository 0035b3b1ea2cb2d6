import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { Testing } from 'cdk8s';
import * as library from '../../lib';
import { bundle, withoutNames } from '../../scripts/bundle';

// Inside the project, so that the bundle finds cdk8s.
mkdirSync('build', { recursive: true });
const folder = mkdtempSync(resolve('build', 'test-'));
const file = join(folder, 'index.js');
const queries = join(folder, 'queries.js');
afterAll(() => rmSync(folder, { recursive: true }));

const bundled = (): typeof library => createRequire(__filename)(file) as typeof library;

/** The output of a Node program. */
function run(name: string, program: string): string {
  writeFileSync(join(folder, name), program);
  return execFileSync(process.execPath, [join(folder, name)], { encoding: 'utf8' });
}

const STACK = `
  const { Accelerator, GpuModel, Model, VllmInferenceStack } = require('./index.js');
  const { Testing } = require('cdk8s');
  const chart = Testing.chart();
  new VllmInferenceStack(chart, 'Llama', {
    name: 'vllm',
    model: Model.of('meta-llama/Llama-3.1-8B-Instruct'),
    accelerator: Accelerator.gpu(GpuModel.L40S),
  });`;

// esbuild takes seconds where other tests run beside it.
beforeAll(() => bundle(resolve('lib/index.ts'), resolve('lib'), file), 60_000);

describe('calls that name a function', () => {
  it.each([
    ['function f(){}__name(f,"f");g()', 'function f(){}g()'],
    ['const f=__name(a=>a,"f");', 'const f=a=>a;'],
    ['const o={f:__name(a=>a,"f")};', 'const o={f:a=>a};'],
    ['const f=__name(a=>{const g=__name(()=>a,"g");return g},"f");', 'const f=a=>{const g=()=>a;return g};'],
  ])('are cut where it has the name: %s', (code, expected) => {
    expect(withoutNames(code)).toBe(expected);
  });

  it.each([
    'const f2=__name(a=>a,"f");',
    'function f2(){}__name(f2,"f");',
    'const _A=class _A{static{__name(this,"A")}};',
    'const f=of(__name(a=>a,"f"));',
  ])('stay where another name would show: %s', (code) => {
    expect(withoutNames(code)).toBe(code);
  });
});

describe('the bundle', () => {
  it('exports what the library exports', () => {
    expect(Object.keys(bundled()).sort()).toEqual(Object.keys(library).sort());
  });

  it('keeps the names of classes', () => {
    const exported: [string, unknown][] = Object.entries(bundled());
    const classes = exported.flatMap(([name, value]) => (typeof value === 'function' ? [[name, value.name]] : []));
    expect(classes).toContainEqual(['VllmInferenceStack', 'VllmInferenceStack']);
    expect(classes.filter(([name, own]) => name !== own)).toEqual([]);
  });

  it('makes the same manifests', () => {
    const { Accelerator, GpuModel, Model, VllmInferenceStack } = library;
    const chart = Testing.chart();
    new VllmInferenceStack(chart, 'Llama', {
      name: 'vllm',
      model: Model.of('meta-llama/Llama-3.1-8B-Instruct'),
      accelerator: Accelerator.gpu(GpuModel.L40S),
    });
    const printed = run('stack.js', `${STACK}\nconsole.log(JSON.stringify(Testing.synth(chart)));`);
    expect(JSON.parse(printed)).toEqual(Testing.synth(chart));
  });

  it('loads no code of cdk8s-plus-28 for a stack', () => {
    const loaded = run('loaded.js', `${STACK}\nconsole.log(Object.keys(require.cache).join('\\n'));`).split('\n');
    expect(loaded).toContain(file);
    expect(loaded.filter((path) => path.includes('cdk8s-plus-28'))).toEqual([]);
  });

  it('loads the grammar of PromQL for a query of the user only', () => {
    const program = (signal: string) => `
      const { Scaling, Signal, Accelerator, GpuModel, Model, VllmInferenceStack } = require('./index.js');
      const { Chart, Testing } = require('cdk8s');
      new VllmInferenceStack(new Chart(Testing.app(), 'test', { namespace: 'llm' }), 'Llama', {
        name: 'vllm',
        model: Model.of('meta-llama/Llama-3.1-8B-Instruct'),
        accelerator: Accelerator.gpu(GpuModel.L40S),
        monitoringLabels: {},
        scaling: Scaling.keda({ maxReplicas: 2, signals: [${signal}] }),
      });
      console.log(Object.keys(require.cache).some((path) => path.endsWith('queries.js')));`;
    expect(run('signal.js', program('Signal.inFlightRequests()'))).toBe('false\n');
    const own = "Signal.custom({ name: 'own', query: 'sum(a)', target: 1 })";
    expect(run('query.js', program(own))).toBe('true\n');
  });

  it('comes with the licence of each package in it', () => {
    const licences = readFileSync(`${queries}.LICENSES.txt`, 'utf8');
    const paths = [...readFileSync(queries, 'utf8').matchAll(/^\/\/ .*node_modules\/((?:@[^/]+\/)?[^/]+)/gm)];
    const packages = [...new Set(paths.map(([, name = '']) => name))];
    expect(packages).toContain('@prometheus-io/lezer-promql');
    expect(packages.filter((name) => !licences.includes(`${name} `))).toEqual([]);
    expect(licences).toContain('Copyright (C) 2018 by Marijn Haverbeke');
    expect(licences).toContain('Apache License');
  });

  it('asks for no package but cdk8s and constructs', () => {
    const code = [file, queries].map((each) => readFileSync(each, 'utf8')).join('\n');
    const asked = [...code.matchAll(/require\("([^."][^"]*)"\)/g)].map(([, name]) => name);
    const packages = asked.filter((name) => name !== undefined && !builtinModules.includes(name.replace('node:', '')));
    expect([...new Set(packages)].sort()).toEqual(['cdk8s', 'constructs']);
  });

  it('has names for the imports of an ES module', () => {
    const program =
      "import { Model, VllmInferenceStack } from './index.js';\nconsole.log(Model.name, VllmInferenceStack.name);";
    expect(run('imports.mjs', program)).toBe('Model VllmInferenceStack\n');
  });
});
