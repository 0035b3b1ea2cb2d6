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
  emit: ['units', 'metrics'],
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

const zones = Object.entries(MAY_IMPORT).map(([folder, allowed]) => {
  const forbidden = Object.keys(MAY_IMPORT).filter((other) => other !== folder && !allowed.includes(other));
  const patterns = [
    { regex: '^(\\.\\./)+index$', message: 'index.ts re-exports the folders, not the other way round.' },
    ...(forbidden.length === 0
      ? []
      : [{ regex: folders(forbidden), message: `lib/${folder} may import: ${allowed.join(', ') || 'nothing'}.` }]),
  ];
  if (!EMIT.includes(folder)) {
    patterns.push({ regex: '(^|/)imports/', message: 'generated types belong to the emit step.' });
  }
  if (DECIDE.includes(folder)) {
    const message = 'decisions are pure data: no cdk8s here.';
    patterns.push({ regex: '^(cdk8s|cdk8s-plus-28|constructs)(/|$)', allowTypeImports: true, message });
  }
  if (folder !== 'gpu-platform') {
    const message = 'types only: its code is 2.7 MB that every program would load.';
    patterns.push({ regex: '^cdk8s-plus-28(/|$)', allowTypeImports: true, message });
  }
  return {
    files: [`lib/${folder}/**/*.ts`],
    rules: { 'no-restricted-imports': 'off', '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
});

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
  {
    files: ['lib/**/*.ts'],
    ignores: ['lib/emit/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='ApiObject']", message: 'objects leave through lib/emit/emit.ts.' },
      ],
    },
  },
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
