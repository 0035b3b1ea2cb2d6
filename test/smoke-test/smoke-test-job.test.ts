import { Duration } from 'cdk8s';
import { SecretKey, SmokeTest } from '../../lib';
import { smokeTestJob } from '../../lib/smoke-test/smoke-test-job';
import type { SmokeTestSubject } from '../../lib/smoke-test/smoke-test-plan';
import { smokePlanWith, targetWith } from '../support/smoke-test';
import type { Manifest } from '../support/stack';

const jobWith = (smokeTest?: SmokeTest, subject?: Partial<SmokeTestSubject>): Manifest =>
  smokeTestJob(smokePlanWith(smokeTest, subject));

const podWith = (smokeTest?: SmokeTest, subject?: Partial<SmokeTestSubject>): Manifest =>
  jobWith(smokeTest, subject).spec.template.spec;

describe('the Job of a smoke test', () => {
  test('runs one pod, which is not repeated', () => {
    const { spec } = jobWith();
    expect([spec.backoffLimit, spec.template.spec.restartPolicy]).toEqual([0, 'Never']);
  });

  test('does not count the pod of a drained node', () => {
    expect(jobWith().spec.podFailurePolicy).toEqual({
      rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
    });
  });

  test('ends after the timeout, a request and the start of its pod', () => {
    expect(jobWith(SmokeTest.job({ timeout: Duration.minutes(5) })).spec.activeDeadlineSeconds).toBe(300 + 120 + 120);
  });

  test('runs with the rights of Pod Security "restricted"', () => {
    const pod = podWith();
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  test('has a user with a number, since the image has a name only', () => {
    expect(podWith().securityContext.runAsUser).toBeGreaterThan(0);
  });

  test('has no sidecar in a namespace with injection, which would keep it from ending', () => {
    const labels = { 'sidecar.istio.io/inject': 'true', team: 'ml' };
    expect(jobWith(SmokeTest.job(), { labels }).spec.template.metadata.labels).toMatchObject({
      'sidecar.istio.io/inject': 'false',
      team: 'ml',
    });
  });

  test('has its last lines in the status of the pod, and no variables of Services', () => {
    expect(podWith().containers[0].terminationMessagePolicy).toBe('FallbackToLogsOnError');
    expect(podWith().enableServiceLinks).toBe(false);
  });

  test('writes to /tmp only', () => {
    const { volumes, containers } = podWith();
    expect(containers[0].volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
    expect(volumes).toEqual([{ name: 'tmp', emptyDir: { sizeLimit: '16Mi' } }]);
  });

  test('has no text of a route that the kubelet would replace', () => {
    const targets = [targetWith({ headers: { 'x-price': '$$5 $(API_KEY_1) $$$(HOME)' } })];
    const [, , script] = podWith(SmokeTest.job(), { targets }).containers[0].command;
    expect(script).not.toContain('$$');
    expect(script).not.toContain('$(API_KEY_1)');
    expect(script).not.toContain('$(HOME)');
  });

  test('reads each key from its Secret', () => {
    const targets = [targetWith({ apiKey: { secretName: 'clients', key: 'key' } })];
    expect(podWith(SmokeTest.job(), { targets }).containers[0].env).toEqual([
      { name: 'API_KEY_1', valueFrom: { secretKeyRef: { name: 'clients', key: 'key' } } },
    ]);
  });

  test('mounts the certificate authority where the script expects it', () => {
    const { volumes, containers } = podWith(SmokeTest.job({ ca: SecretKey.of('gateway-ca', 'ca.crt') }));
    expect(volumes[1]).toEqual({
      name: 'ca',
      secret: { secretName: 'gateway-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] },
    });
    const { mountPath } = containers[0].volumeMounts[1];
    expect(containers[0].command[2]).toContain(`ca='${mountPath}/ca.crt'`);
  });

  test('has a pinned image, or that of the user', () => {
    expect(podWith().containers[0].image).toMatch(/^curlimages\/curl:\d+\.\d+\.\d+$/);
    expect(podWith(SmokeTest.job({ image: 'mirror/curl:8' })).containers[0].image).toBe('mirror/curl:8');
  });
});

describe('a plain Job', () => {
  const nameWith = (subject?: Partial<SmokeTestSubject>, smokeTest = SmokeTest.job()): string =>
    jobWith(smokeTest, subject).metadata.name;

  test('has the same name for the same test', () => {
    expect(nameWith()).toMatch(/^models-smoke-test-[0-9a-f]{8}$/);
    expect(nameWith()).toBe(nameWith());
  });

  test('has another name for another request, another revision of the stacks, and other labels of the pod', () => {
    const names = [
      nameWith(),
      nameWith({ targets: [targetWith({ models: ['other'] })] }),
      nameWith({ revision: 'r2' }),
      nameWith({ labels: {} }),
      nameWith({}, SmokeTest.job({ timeout: Duration.minutes(5) })),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  test('is deleted a day after it has finished', () => {
    expect(jobWith().spec.ttlSecondsAfterFinished).toBe(86_400);
  });

  test('has no annotations', () => {
    expect(jobWith().metadata.annotations).toBeUndefined();
  });
});

describe('a hook of Argo CD', () => {
  const hook = jobWith(SmokeTest.argoCdHook());

  test('runs after each sync, in place of the last one', () => {
    expect(hook.metadata).toMatchObject({
      name: 'models-smoke-test',
      annotations: {
        'argocd.argoproj.io/hook': 'PostSync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
      },
    });
  });
});

describe('a Job of Flux', () => {
  test('is replaced when it changes', () => {
    expect(jobWith(SmokeTest.flux()).metadata).toMatchObject({
      name: 'models-smoke-test',
      annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
    });
  });

  test('changes with the stacks that it tests', () => {
    const template = (revision: string) => jobWith(SmokeTest.flux(), { revision }).spec.template;
    expect(template('r1')).not.toEqual(template('r2'));
  });

  test('stays, since Flux would create it again', () => {
    expect(jobWith(SmokeTest.flux()).spec.ttlSecondsAfterFinished).toBeUndefined();
  });
});
