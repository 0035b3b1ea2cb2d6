import type { k8s } from 'cdk8s-plus-28';
import { ISTIO, SMOKE_TEST } from '../defaults';
import type { Plain } from '../emit/kube-manifest';
import { kubeManifest } from '../emit/kube-manifest';
import { objectMetadata } from '../emit/object-meta';
import { cores, mebibytes } from '../emit/quantity';
import { RESTRICTED_CONTAINER, restrictedPod } from '../emit/restricted';
import { digest } from '../units/digest';
import type { SmokeTestPlan } from './smoke-test-plan';
import { HASH } from './smoke-test-plan';
import { CA_FOLDER, smokeTestScript } from './smoke-test-script';

/** Changes with what is tested, so that Flux replaces the Job. */
const REVISION = 'checksum/tested';

function container(plan: SmokeTestPlan): Plain<k8s.Container> {
  const { image, keys, ca } = plan;
  return {
    name: 'smoke-test',
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['/bin/sh', '-c', smokeTestScript(plan)],
    env: keys.map(({ variable, secret }) => ({
      name: variable,
      valueFrom: { secretKeyRef: { name: secret.secretName, key: secret.key } },
    })),
    resources: {
      requests: { cpu: cores(SMOKE_TEST.cpu), memory: mebibytes(SMOKE_TEST.memory) },
      limits: { memory: mebibytes(SMOKE_TEST.memoryLimit) },
    },
    securityContext: RESTRICTED_CONTAINER,
    // The last lines of a failed test are then in the status of the pod too.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      { name: 'tmp', mountPath: '/tmp' },
      ...(ca === undefined ? [] : [{ name: 'ca', mountPath: CA_FOLDER, readOnly: true }]),
    ],
  };
}

function pod(plan: SmokeTestPlan): Plain<k8s.PodSpec> {
  const { ca, user } = plan;
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { ...restrictedPod(user), runAsGroup: user },
    containers: [container(plan)],
    volumes: [
      { name: 'tmp', emptyDir: { sizeLimit: mebibytes(SMOKE_TEST.tmp) } },
      ...(ca === undefined
        ? []
        : [{ name: 'ca', secret: { secretName: ca.secretName, items: [{ key: ca.key, path: ca.key }] } }]),
    ],
  };
}

function spec(plan: SmokeTestPlan): Plain<k8s.JobSpec> {
  return {
    // The script repeats what may pass later; a second pod would only repeat the rest.
    backoffLimit: 0,
    // A drained node is not a failed test: such pods carry this condition.
    podFailurePolicy: {
      rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
    },
    activeDeadlineSeconds: plan.activeDeadline,
    ttlSecondsAfterFinished: plan.timeToLive,
    template: {
      metadata: {
        // A sidecar would end only at the deadline, and a client has none either.
        labels: { ...plan.labels, [ISTIO.injectLabel]: 'false' },
        annotations: { [REVISION]: plan.revision },
      },
      spec: pod(plan),
    },
  };
}

/** The Job of a smoke test. */
export function smokeTestJob(plan: SmokeTestPlan): object {
  const content = spec(plan);
  const name = plan.hashed ? `${plan.name}-${digest(JSON.stringify(content), HASH)}` : plan.name;
  return kubeManifest('Job', { metadata: objectMetadata(name, plan), spec: content });
}
