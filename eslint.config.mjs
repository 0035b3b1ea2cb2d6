import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * Direction of imports (docs/architecture.md): stack → features → plan → what it decides about → private, preflight.
 * Each folder of lib/ with the folders that it may import; one that is not listed may import none.
 */
const BASE = ['private', 'preflight'];
const FACTS = ['engine', 'model', 'accelerator', 'metrics'];
const MAY_IMPORT = {
  preflight: ['private'],
  private: ['preflight'],
  engine: BASE,
  model: BASE,
  accelerator: BASE,
  metrics: BASE,
  simulation: [],
  plan: [...BASE, ...FACTS],
  workload: [...BASE, ...FACTS, 'plan'],
  scaling: [...BASE, ...FACTS, 'plan'],
  delivery: BASE,
  objectives: [...BASE, ...FACTS, 'plan'],
  alerts: [...BASE, ...FACTS, 'plan'],
  dashboards: [...BASE, ...FACTS, 'plan'],
  monitoring: [...BASE, ...FACTS, 'plan'],
  tracing: [...BASE, ...FACTS, 'plan'],
  cost: [...BASE, ...FACTS, 'plan'],
  'gpu-platform': [...BASE, ...FACTS],
};
// The stack puts its parts together, so it alone may import every feature.
MAY_IMPORT.stack = Object.keys(MAY_IMPORT);

/** Folders that decide: pure data in, pure data out. Types of cdk8s may appear there, its code may not. */
const DECIDE = ['preflight', 'plan', ...FACTS, 'simulation'];
/** Folders that emit, and so may use the generated types. */
const EMIT = ['private', 'workload', 'scaling', 'dashboards', 'monitoring', 'tracing', 'gpu-platform'];

const folders = (names) => `^(\\.\\./)+(${names.join('|')})(/|$)`;

const zones = Object.entries(MAY_IMPORT).map(([folder, allowed]) => {
  const forbidden = Object.keys(MAY_IMPORT).filter((other) => other !== folder && !allowed.includes(other));
  const patterns = [
    { regex: folders(forbidden), message: `lib/${folder} may import: ${allowed.join(', ') || 'nothing'}.` },
    ...(folder === 'stack'
      ? []
      : [{ regex: '(^|/)vllm-inference-stack', message: 'the stack knows its parts, not the other way round.' }]),
  ];
  if (!EMIT.includes(folder)) {
    patterns.push({ regex: '(^|/)imports/', message: 'generated types belong to the emit step.' });
  }
  if (DECIDE.includes(folder)) {
    const message = 'decisions are pure data: no cdk8s here.';
    patterns.push({ regex: '^(cdk8s|cdk8s-plus-28|constructs)(/|$)', allowTypeImports: true, message });
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
    ignores: ['lib/private/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='ApiObject']", message: 'objects leave through lib/private/emit.ts.' },
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
