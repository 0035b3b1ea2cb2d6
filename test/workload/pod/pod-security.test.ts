import { podWith, WITH_TOKEN } from '../../support/stack';

/** Warnings that a stack with these properties prints. */
function warningsWith(props: Parameters<typeof podWith>[0]): string {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  podWith(props);
  const lines = write.mock.calls.map(([line]) => String(line));
  write.mockRestore();
  return lines.join('');
}

describe('warns about overrides that break Pod Security "restricted"', () => {
  const engine = (securityContext: object | null) => ({ containers: [{ name: 'vllm', securityContext }] });

  test.each<[what: string, spec: object, rule: string]>([
    ['root allowed', { securityContext: { runAsNonRoot: false } }, 'container "vllm" may run as root'],
    ['root itself', { securityContext: { runAsUser: 0, runAsNonRoot: false } }, 'the pod runs as user 0'],
    ['no seccomp profile', { securityContext: { seccompProfile: null } }, 'container "vllm" has no seccomp profile'],
    ['no container security at all', engine(null), 'may gain privileges, container "vllm" keeps capabilities'],
    [
      'a privileged engine',
      engine({ privileged: true, allowPrivilegeEscalation: true }),
      'container "vllm" is privileged',
    ],
    ['the host’s network', { hostNetwork: true }, 'hostNetwork is true'],
    ['a folder of the host', { volumes: [{ name: 'h', hostPath: { path: '/' } }] }, 'volume "h" is of type hostPath'],
    ['a careless sidecar', { containers: [{ name: 'x', image: 'y' }] }, 'container "x" may gain privileges'],
    ['a careless start', { initContainers: [{ name: 'x', image: 'y' }] }, 'container "x" may gain privileges'],
    ['root in the engine', engine({ runAsUser: 0 }), 'container "vllm" runs as user 0'],
    [
      'a capability',
      engine({ capabilities: { add: ['SYS_ADMIN', 'NET_BIND_SERVICE'] } }),
      'container "vllm" adds SYS_ADMIN;',
    ],
    ['the host’s /proc', engine({ procMount: 'Unmasked' }), 'container "vllm" has procMount Unmasked'],
    ['a host process', engine({ windowsOptions: { hostProcess: true } }), 'container "vllm" is a process of the host'],
    [
      'host processes',
      { securityContext: { windowsOptions: { hostProcess: true } } },
      'the pod is a process of the host',
    ],
    [
      'a port of the host',
      { containers: [{ name: 'vllm', ports: [{ name: 'a', containerPort: 1, hostPort: 80 }] }] },
      'container "vllm" has a hostPort',
    ],
    [
      'a volume of a server',
      { volumes: [{ name: 'n', nfs: { server: 'a', path: '/' } }] },
      'volume "n" is of type nfs',
    ],
    [
      'a kernel setting',
      { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } },
      'sysctl "kernel.msgmax" is set',
    ],
  ])('%s', (_, spec, rule) => {
    expect(warningsWith({ podTemplateOverrides: { spec } })).toContain(rule);
  });

  test.each<[what: string, spec: object]>([
    ['another user', { securityContext: { runAsUser: 1001 } }],
    ['a low port', engine({ procMount: 'Default', capabilities: { add: ['NET_BIND_SERVICE'] } })],
    ['a setting inside the pod', { securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] } }],
    [
      'a claim',
      {
        volumes: [{ name: 'a', hostPath: null, persistentVolumeClaim: { claimName: 'a' } }],
        containers: [{ name: 'vllm', volumeMounts: [{ name: 'a', mountPath: '/a' }] }],
      },
    ],
  ])('but not about %s', (_, spec) => {
    expect(warningsWith({ model: WITH_TOKEN, podTemplateOverrides: { spec } })).toBe('');
  });
});
