import type { Answer } from './api-client';
import type { Cluster, Manifest } from './cluster';
import { asPod, podTemplates } from './pod-templates';

export interface Verdict {
  readonly accepted: boolean;
  readonly status: number;
  /** Why the object is refused. */
  readonly message: string;
  /** An object with a warning is refused too: it is deprecated, or Pod Security will refuse its pods. */
  readonly warnings: readonly string[];
}

/** The verdict of the server about one object, without storing it: schema, defaults, CEL rules and admission. */
export async function judge(cluster: Cluster, manifest: Manifest): Promise<Verdict> {
  const verdict = verdictOf(await cluster.apply(manifest, 'dry-run'), manifest);
  return verdict.accepted && isRolloutWithTemplate(manifest) ? judgeAsDeployment(cluster, manifest) : verdict;
}

/**
 * The verdicts about each pod template of the object, created as a Pod in the object's namespace. Admission (Pod
 * Security, service account, priority and runtime class) runs for pods only, not for the templates of a Deployment or a
 * custom workload.
 */
export async function judgePodTemplates(cluster: Cluster, manifest: Manifest): Promise<Verdict[]> {
  const pods = podTemplates(manifest).map((template) => asPod(template, manifest));
  return Promise.all(pods.map(async (pod) => verdictOf(await cluster.create(pod, 'dry-run'), pod)));
}

function isRolloutWithTemplate({ apiVersion, kind, spec }: Manifest): boolean {
  const hasTemplate = (spec as { template?: unknown } | undefined)?.template !== undefined; // otherwise it has a workloadRef
  return kind === 'Rollout' && apiVersion.startsWith('argoproj.io/') && hasTemplate;
}

/** The CRD of the Rollout accepts any template and any selector. A Deployment with the same two fields does not. */
async function judgeAsDeployment(cluster: Cluster, { metadata, spec }: Manifest): Promise<Verdict> {
  const { selector, template } = spec as { selector: unknown; template: unknown };
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { selector, template } };
  return verdictOf(await cluster.apply(deployment, 'dry-run'), deployment);
}

export function verdictOf(answer: Answer | undefined, { apiVersion, kind }: Manifest): Verdict {
  if (!answer) {
    const message = `the API server has no ${kind} in ${apiVersion}: check that its CRD is in CRD_DIR`;
    return { accepted: false, status: 404, message, warnings: [] };
  }
  const { status, body, warnings } = answer;
  const stored = status === 200 || status === 201;
  const message = stored ? warnings.join('; ') : (body as { message: string }).message;
  return { accepted: stored && warnings.length === 0, status, message, warnings };
}
