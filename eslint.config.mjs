import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * Direction of imports (docs/architecture.md): stack → features → plan, metrics, engine, accelerator, model, cost.
 * A feature never imports another feature, what decides never imports cdk8s, and `private` alone touches ApiObject.
 */
const FEATURES = [
  'workload',
  'scaling',
  'objectives',
  'observability',
  'routing',
  'delivery',
  'gpu-platform',
  'charts',
];
const DECISIONS = ['plan', 'metrics', 'engine', 'accelerator', 'model', 'cost', 'simulation'];

const folders = (names) => `(^|/)(${names.join('|')})/`;
const forbid = (files, patterns) => ({ files, rules: { 'no-restricted-imports': ['error', { patterns }] } });

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
  ...DECISIONS.map((folder) =>
    forbid(
      [`lib/${folder}/**/*.ts`],
      [
        { regex: folders(FEATURES), message: 'what is decided does not know who emits it: move the shared part down.' },
        { regex: '(^|/)imports/', message: 'generated types belong to the emit step.' },
      ],
    ),
  ),
  forbid(
    ['plan', 'metrics', 'engine', 'cost', 'simulation'].map((folder) => `lib/${folder}/**/*.ts`),
    [
      {
        regex: '^(cdk8s|cdk8s-plus-28|constructs)$',
        allowTypeImports: true,
        message: 'decisions are pure data: no cdk8s here.',
      },
      { regex: folders(FEATURES), message: 'what is decided does not know who emits it: move the shared part down.' },
      { regex: '(^|/)imports/', message: 'generated types belong to the emit step.' },
    ],
  ),
  ...FEATURES.map((folder) =>
    forbid(
      [`lib/${folder}/**/*.ts`],
      [
        {
          regex: folders(FEATURES.filter((other) => other !== folder)),
          message: 'features never import one another: move what both need down, or let the stack pass it in.',
        },
        { regex: 'vllm-inference-stack', message: 'the stack knows its features, not the other way round.' },
      ],
    ),
  ),
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
