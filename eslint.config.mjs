import fs from 'node:fs';
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * Direction of imports (docs/architecture.md): stack → features → plan → rules, memory, timing → facts → base. Each
 * folder of lib/, and the other folders that it may import.
 */
const BASE = ['preflight', 'units', 'defaults', 'shapes', 'secrets'];
const FACTS = [...BASE, 'metrics', 'model', 'accelerator', 'engine'];
const PLAN = [...FACTS, 'rules', 'timing', 'memory', 'ports', 'plan', 'emit'];
const MAY_IMPORT = {
  preflight: [],
  units: [],
  defaults: [],
  shapes: ['preflight', 'units', 'defaults'],
  secrets: ['preflight', 'shapes'],
  metrics: BASE,
  model: BASE,
  accelerator: BASE,
  engine: [...BASE, 'model', 'accelerator'],
  rules: FACTS,
  timing: FACTS,
  memory: [...FACTS, 'rules', 'timing'],
  ports: [...FACTS, 'memory'],
  emit: ['preflight', 'units', 'shapes', 'metrics'],
  plan: [...FACTS, 'timing', 'memory', 'ports'],
  workload: PLAN,
  scaling: PLAN,
  delivery: PLAN,
  objectives: PLAN,
  alerts: PLAN,
  dashboards: PLAN,
  monitoring: PLAN,
  tracing: PLAN,
  cost: PLAN,
  pools: PLAN,
  routing: PLAN,
  'smoke-test': PLAN,
  'gpu-platform': [...FACTS, 'emit'],
};
// Only the stack may import every feature, since it combines them, and groups of stacks what the stack may.
MAY_IMPORT.stack = Object.keys(MAY_IMPORT);
MAY_IMPORT.groups = Object.keys(MAY_IMPORT);

/** Folders that decide: plain data in, plain data out. They may import types of cdk8s, not its code. */
const DECIDE = ['preflight', 'units', 'defaults', ...FACTS, 'rules', 'timing', 'memory', 'ports', 'plan'];
/** Folders that emit manifests, so they may use the generated types. */
const EMIT = [
  'emit',
  'workload',
  'scaling',
  'dashboards',
  'delivery',
  'monitoring',
  'tracing',
  'routing',
  'pools',
  'smoke-test',
  'gpu-platform',
];

for (const entry of fs.readdirSync('lib', { withFileTypes: true })) {
  const known = entry.isDirectory() ? entry.name in MAY_IMPORT : entry.name === 'index.ts';
  if (!known)
    throw new Error(`lib/${entry.name} has no zone: list the folders that it may import in eslint.config.mjs`);
}

const folders = (names) => `^(\\.\\./)+(${names.join('|')})(/|$)`;

const PURE = {
  regex: '^(cdk8s|cdk8s-plus-28|constructs)(/|$)',
  allowTypeImports: true,
  message: 'decisions are plain data: import types of cdk8s only.',
};
const TYPES_ONLY = {
  regex: '^cdk8s-plus-28(/|$)',
  allowTypeImports: true,
  message: 'import types only: every program would load its 2.7 MB of code.',
};
const GENERATED = { regex: '(^|/)imports/', message: 'only folders that emit manifests may import generated types.' };

const zone = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': 'off', '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
});

const patternsOf = ([folder, allowed]) => {
  const forbidden = Object.keys(MAY_IMPORT).filter((other) => other !== folder && !allowed.includes(other));
  const patterns = [
    TYPES_ONLY,
    { regex: '^(\\.\\./)+index$', message: 'do not import index.ts: it re-exports the folders.' },
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
 * Rooms of the GPU platform, each with the rooms that it may import. No room imports the files beside the rooms, which
 * combine them. Manifests are in the folder manifests/ of a room, and only the room's mode imports it.
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
  const message = `${PLATFORM}/${room} may import these rooms of the platform: ${allowed.join(', ') || 'nothing'}.`;
  const patterns = [
    ...patternsOf(['gpu-platform', MAY_IMPORT['gpu-platform']]),
    { regex: folders([...forbidden, ...beside]), message },
  ];
  const emitted = { regex: '(^|/)manifests/', message: 'only the mode of a room imports its manifests.' };
  return [
    zone([`${PLATFORM}/${room}/**/*.ts`], patterns),
    zone([`${PLATFORM}/${room}/*.ts`], [...patterns, PURE, GENERATED, emitted], ['**/*-mode.ts']),
  ];
});

/** Code that is allowed in one place of lib/ only. */
const OBJECTS = [
  { selector: "NewExpression[callee.name='ApiObject']", message: 'create objects with emit() of lib/emit/emit.ts.' },
];
const ENGINE_SERIES = [
  'Literal[value=/(vllm:[a-z]|^http_requests_total)/]',
  'TemplateElement[value.raw=/vllm:[a-z]/]',
].map((selector) => ({ selector, message: "refer to the engine's metrics by role (lib/engine/metric-roles.ts)." }));
const KIND = '/^(Deployment|Rollout|LeaderWorkerSet)$/';
const KIND_SERIES = '/kube_deployment_|rollout_info|analysis_run_info|pod-template-hash/';
const WORKLOAD_KINDS = [
  // Titles and legends are for people.
  `:not(Property[key.name=/^(title|name|legend)$/]) > Literal[value=${KIND}]`,
  `Property[key.name=${KIND}]`,
  `Literal[value=${KIND_SERIES}]`,
  `TemplateElement[value.raw=${KIND_SERIES}]`,
].map((selector) => ({
  selector,
  message: 'only lib/workload/kinds/ may name kinds of workload: read WorkloadFacts.',
}));
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
  // The last entry that matches a file applies, so each entry lists every restriction that holds there.
  only(['lib/**/*.ts'], [...OBJECTS, ...ENGINE_SERIES, ...WORKLOAD_KINDS]),
  only(['lib/emit/**/*.ts'], [...ENGINE_SERIES, ...WORKLOAD_KINDS]),
  // The kind that KEDA scales if a ScaledObject names none, and a table of all kinds of manifests. Both are about any
  // workload of the app, not the stack's own.
  only(['lib/emit/one-scaler.ts', 'lib/emit/kube-manifest.ts'], ENGINE_SERIES),
  only(['lib/engine/metric-roles.ts', 'lib/engine/catalogue/data/*.ts'], [...OBJECTS, ...WORKLOAD_KINDS]),
  // The collector and the endpoint picker are separate Deployments.
  only(
    ['lib/workload/kinds/*.ts', 'lib/tracing/collector-manifests.ts', 'lib/pools/pool-manifests.ts'],
    [...OBJECTS, ...ENGINE_SERIES],
  ),
  {
    // In jsii the type of "any JSON" is `any`.
    files: ['lib/engine/options/*-options.ts', 'lib/workload/workload-props.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { module: 'writable', require: 'readonly', __dirname: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
