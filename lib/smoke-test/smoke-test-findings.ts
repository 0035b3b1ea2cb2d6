import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { SmokeTestPlan } from './smoke-test-plan';
import { HASH } from './smoke-test-plan';

/** A Job's name is the value of a label of its pods. */
const MAX_NAME = 63;

/** Problems of a smoke test that the user set in this property. */
export function smokeTestFindings({ name, hashed, targets }: SmokeTestPlan, subject: string): Finding[] {
  const findings: Finding[] = [];
  const unknown = targets.filter(({ url }) => url === undefined).map((target) => target.name);
  if (unknown.length > 0) {
    const problem = `has no url, and no hostname without "*" is known for ${unknown.join(', ')}`;
    const fix =
      'set url in the options of the SmokeTest to a host that the route answers, for example "https://llm.example.com"';
    findings.push(error('smoke-test-url-missing', subject, problem, fix));
  }
  const tooMany = name.length + (hashed ? 1 + HASH : 0) - MAX_NAME;
  if (tooMany > 0) {
    const problem = `makes a name of ${MAX_NAME + tooMany} characters for the Job of ${subject}, "${name}${hashed ? '-<hash>' : ''}", and Kubernetes accepts ${MAX_NAME}`;
    findings.push(
      error(
        'smoke-test-name-too-long',
        'name',
        problem,
        `use a name with ${tooMany} characters fewer, or remove ${subject}`,
      ),
    );
  }
  return findings;
}
