import type { Section } from './section';

export const SMOKE_TEST = [
  {
    title: 'Smoke test',
    docs: 'smoke-test.md#how-it-reaches-the-gateway',
    errors: {
      'smoke-test-name-too-long': 'The name of the Job would be longer than Kubernetes accepts.',
      'smoke-test-url-missing': 'A route has no hostname, so the smoke test cannot know where to send its requests.',
    },
    warnings: {
      'smoke-test-other-host': 'The url of the smoke test has a host that the routes do not answer.',
    },
    notices: {
      'smoke-test-key-elsewhere': 'The API key of a stack is in another namespace than the Job.',
      'smoke-test-skips': 'The smoke test does not ask some routes.',
    },
  },
] as const satisfies readonly Section[];
