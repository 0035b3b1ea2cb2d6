import { PodUser } from '../../lib';
import { refusalOf } from '../support/stack';

const pod = (spec: object) => ({ podTemplateOverrides: { spec } });
const engine = (fields: object) => pod({ containers: [{ name: 'vllm', ...fields }] });
const assigned = { podUser: PodUser.assigned() };

test.each<[what: string, props: object, line: string]>([
  [
    'a token in a variable that the overrides may not set',
    engine({ env: [{ name: 'HF_TOKEN', value: 'hf_abcdefghijklmnopqrstuvwxyzABCDEF' }] }),
    'containers[0].env: cannot be overridden here; set env, secretEnv or fieldEnv instead',
  ],
  [
    'root where the cluster assigns the user',
    { ...assigned, ...pod({ securityContext: { runAsUser: 0 } }) },
    'securityContext.runAsUser: is 0, and podUser is PodUser.assigned()',
  ],
  [
    'a user as text where the cluster assigns it',
    { ...assigned, ...pod({ securityContext: { runAsUser: '1000' } }) },
    'securityContext.runAsUser: is "1000", and podUser is PodUser.assigned()',
  ],
  [
    'the port of HTTP again',
    { extraPorts: [{ name: 'http', port: 8000 }] },
    'extraPorts[0]: has port 8000 for the port http, on which HTTP listens',
  ],
  [
    'a port twice',
    {
      extraPorts: [
        { name: 'metrics', port: 9000 },
        { name: 'metrics', port: 9000 },
      ],
    },
    'extraPorts[1]: has port 9000',
  ],
  [
    'one name for TCP and UDP',
    {
      extraPorts: [
        { name: 'dns', port: 5300 },
        { name: 'dns', port: 5300, protocol: 'UDP' },
      ],
    },
    'extraPorts[1].name: is "dns", the name of another port of the pod',
  ],
])('refuses %s, with one finding', (_, props, line) => {
  const message = refusalOf(props);
  expect(message).toContain(' has 1 problem:');
  expect(message).toContain(line);
});

test.each<[what: string, props: object, lines: readonly string[]]>([
  [
    'a secret in a command of the wrong type',
    pod({ containers: [{ name: 'a', image: 'b', command: 'run --token hf_abcdefghijklmnopqrstuvwxyzABCDEF' }] }),
    ['containers[0].command: is ', 'containers[0].command: looks like a secret'],
  ],
  [
    'a user and a missing image of one container, where the cluster assigns the user',
    { ...assigned, ...pod({ containers: [{ name: 'a', securityContext: { runAsUser: 5 } }] }) },
    ['containers[0]: is named "a" and has no image', 'containers[0].securityContext.runAsUser: is 5'],
  ],
])('refuses %s, with two findings', (_, props, lines) => {
  const message = refusalOf(props);
  expect(message).toContain(' has 2 problems:');
  for (const line of lines) expect(message).toContain(line);
});
