import type { SmokeTest } from '../../lib';
import { SmokeTest as Tests } from '../../lib';
import type { SmokeTestPlan, SmokeTestSubject, SmokeTestTarget } from '../../lib/smoke-test/smoke-test-plan';
import { planSmokeTest } from '../../lib/smoke-test/smoke-test-plan';

/** A route to a stack without a key. */
export const targetWith = (target: Partial<SmokeTestTarget> = {}): SmokeTestTarget => ({
  name: 'llama',
  origin: 'https://api.example.com',
  path: '/v1',
  headers: {},
  models: ['llama'],
  model: 'llama',
  apiKey: undefined,
  task: 'chat',
  ...target,
});

/** The plan of a smoke test with one route, unless `subject` has others. */
export const smokePlanWith = (
  smokeTest: SmokeTest = Tests.job(),
  subject: Partial<SmokeTestSubject> = {},
): SmokeTestPlan =>
  planSmokeTest(smokeTest, {
    name: 'models',
    namespace: 'llm',
    targets: [targetWith()],
    labels: { 'app.kubernetes.io/managed-by': 'cdk8s' },
    revision: 'r1',
    assignsUser: false,
    ...subject,
  });
