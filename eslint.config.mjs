import fs from 'node:fs';
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * Direction of imports (docs/architecture.md): stack → features → plan → rules, memory, timing → facts → base.
 * Each folder of lib/ with the folders that it may import, besides itself.
 */
const BASE = ['preflight', 'units', 'defaults', 'shapes', 'secrets'];
const FACTS = [...BASE, 'metrics', 'model', 'accelerator', 'engine'];
const PLAN = [...FACTS, 'rules', 'timing', 'memory', 'plan', 'emit'];
const MAY_IMPORT = {
  preflight: [],
  units: [],
  defaults: [],
  shapes: ['preflight', 'units'],
  secrets: ['preflight', 'shapes'],
  metrics: BASE,
  model: BASE,
  accelerator: BASE,
  engine: [...BASE, 'model', 'accelerator'],
  rules: FACTS,
  timing: FACTS,
  memory: [...FACTS, 'rules', 'timing'],
  emit: ['units', 'shapes', 'metrics'],
  plan: [...FACTS, 'timing', 'memory'],
  workload: PLAN,
  scaling: PLAN,
  delivery: BASE,
  objectives: PLAN,
  alerts: PLAN,
  dashboards: PLAN,
  monitoring: PLAN,
  tracing: PLAN,
  cost: PLAN,
  'gpu-platform': [...FACTS, 'emit'],
};
// The stack puts its parts together, so it alone may import every feature.
MAY_IMPORT.stack = Object.keys(MAY_IMPORT);

/** Folders that decide: pure data in, pure data out. Types of cdk8s may appear there, its code may not. */
const DECIDE = ['preflight', 'units', 'defaults', ...FACTS, 'rules', 'timing', 'memory', 'plan'];
/** Folders that emit, and so may use the generated types. */
const EMIT = ['emit', 'workload', 'scaling', 'dashboards', 'monitoring', 'tracing', 'gpu-platform'];

for (const entry of fs.readdirSync('lib', { withFileTypes: true })) {
  const known = entry.isDirectory() ? entry.name in MAY_IMPORT : entry.name === 'index.ts';
  if (!known) throw new Error(`lib/${entry.name} has no zone: say in eslint.config.mjs what it may import`);
}

const folders = (names) => `^(\\.\\./)+(${names.join('|')})(/|$)`;

const PURE = {
  regex: '^(cdk8s|cdk8s-plus-28|constructs)(/|$)',
  allowTypeImports: true,
  message: 'decisions are pure data: no cdk8s here.',
};
const TYPES_ONLY = {
  regex: '^cdk8s-plus-28(/|$)',
  allowTypeImports: true,
  message: 'types only: its code is 2.7 MB that every program would load.',
};
const GENERATED = { regex: '(^|/)imports/', message: 'generated types belong to the emit step.' };

const zone = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': 'off', '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
});

const patternsOf = ([folder, allowed]) => {
  const forbidden = Object.keys(MAY_IMPORT).filter((other) => other !== folder && !allowed.includes(other));
  const patterns = [
    TYPES_ONLY,
    { regex: '^(\\.\\./)+index$', message: 'index.ts re-exports the folders, not the other way round.' },
    ...(forbidden.length === 0
      ? []
      : [{ regex: folders(forbidden), message: `lib/${folder} may import: ${allowed.join(', ') || 'nothing'}.` }]),
  ];
  if (!EMIT.includes(folder)) patterns.push(GENERATED);
  if (DECIDE.includes(folder)) patterns.push(PURE);
  return patterns;
};

const zones = Object.entries(MAY_IMPORT).map((entry) => zone([`lib/${entry[0]}/**/*.ts`], patternsOf(entry)));

/**
 * Rooms of the GPU platform, each with the rooms that it may import. None imports the files beside the rooms, which put
 * them together. What a room emits is in its folder manifests/, and only its mode knows that.
 */
const PLATFORM_ROOMS = {
  common: [],
  nodes: [],
  mig: [],
  exporter: ['common', 'nodes'],
  'device-plugin': ['common', 'nodes', 'exporter'],
  operator: ['common', 'mig', 'exporter', 'device-plugin'],
  managed: ['common', 'nodes', 'exporter'],
  dra: ['common', 'nodes', 'exporter'],
};
const PLATFORM = 'lib/gpu-platform';
const beside = [];
for (const { name } of fs.readdirSync(PLATFORM, { withFileTypes: true })) {
  if (name.endsWith('.ts')) beside.push(name.slice(0, -3));
  else if (!(name in PLATFORM_ROOMS)) throw new Error(`${PLATFORM}/${name} has no zone in eslint.config.mjs`);
}

const rooms = Object.entries(PLATFORM_ROOMS).flatMap(([room, allowed]) => {
  const forbidden = Object.keys(PLATFORM_ROOMS).filter((other) => other !== room && !allowed.includes(other));
  const message = `${PLATFORM}/${room} may import of the platform: ${allowed.join(', ') || 'nothing'}.`;
  const patterns = [
    ...patternsOf(['gpu-platform', MAY_IMPORT['gpu-platform']]),
    { regex: folders([...forbidden, ...beside]), message },
  ];
  const emitted = { regex: '(^|/)manifests/', message: 'decisions do not know manifests.' };
  return [
    zone([`${PLATFORM}/${room}/**/*.ts`], patterns),
    zone([`${PLATFORM}/${room}/*.ts`], [...patterns, PURE, GENERATED, emitted], ['**/*-mode.ts']),
  ];
});

/** What has one home in lib/, and is written nowhere else. */
const OBJECTS = [
  { selector: "NewExpression[callee.name='ApiObject']", message: 'objects leave through lib/emit/emit.ts.' },
];
const ENGINE_SERIES = [
  'Literal[value=/(vllm:[a-z]|^http_requests_total)/]',
  'TemplateElement[value.raw=/vllm:[a-z]/]',
].map((selector) => ({ selector, message: "name the engine's metrics by their role (lib/engine/metric-roles.ts)." }));
const KIND = '/^(Deployment|Rollout|LeaderWorkerSet)$/';
const KIND_SERIES = '/kube_deployment_|rollout_info|analysis_run_info|pod-template-hash/';
const WORKLOAD_KINDS = [
  // Titles and legends are words for people.
  `:not(Property[key.name=/^(title|name|legend)$/]) > Literal[value=${KIND}]`,
  `Property[key.name=${KIND}]`,
  `Literal[value=${KIND_SERIES}]`,
  `TemplateElement[value.raw=${KIND_SERIES}]`,
].map((selector) => ({ selector, message: 'only lib/workload/kinds/ knows kinds of workload: read WorkloadFacts.' }));
const only = (files, restricted) => ({ files, rules: { 'no-restricted-syntax': ['error', ...restricted] } });

export default tseslint.config(
  { ignores: ['build/', 'dist/', 'artifacts/', 'imports/', 'node_modules/', 'coverage/'] },
  eslint.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      'no-shadow': 'off',
      '@typescript-eslint/no-shadow': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      eqeqeq: 'error',
    },
  },
  ...zones,
  ...rooms,
  // The last entry that fits a file counts, so each home repeats what it is not the home of.
  only(['lib/**/*.ts'], [...OBJECTS, ...ENGINE_SERIES, ...WORKLOAD_KINDS]),
  only(['lib/emit/**/*.ts'], [...ENGINE_SERIES, ...WORKLOAD_KINDS]),
  // The kind that KEDA scales where a ScaledObject names none, and a table of all kinds that are emitted: any workload of
  // the app, not the stack's own.
  only(['lib/emit/one-scaler.ts', 'lib/emit/kube-manifest.ts'], ENGINE_SERIES),
  only(['lib/engine/metric-roles.ts', 'lib/engine/catalogue/data/*.ts'], [...OBJECTS, ...WORKLOAD_KINDS]),
  // The collector is a Deployment of its own.
  only(['lib/workload/kinds/*.ts', 'lib/tracing/collector-manifests.ts'], [...OBJECTS, ...ENGINE_SERIES]),
  {
    // jsii has no word for "any JSON" but `any`.
    files: ['lib/engine/options/*-options.ts', 'lib/workload/workload-props.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { module: 'writable', require: 'readonly', __dirname: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
