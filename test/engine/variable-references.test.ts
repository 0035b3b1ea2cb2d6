import { PodField, SecretKey } from '../../lib';
import type { ServingProps } from '../../lib/stack/serving-props';
import { errorsOf, planOf, warningsOf } from '../support/plan';

const namesOf = (props: Partial<ServingProps>) => planOf(props).environment.map(({ name }) => name);

const FIELDS = { fieldEnv: { POD_IP: PodField.POD_IP, NODE_IP: PodField.HOST_IP } };

describe('the order of variables', () => {
  it('puts a variable that others name in front of them', () => {
    const env = { LMCACHE_REMOTE_URL: 'redis://$(NODE_IP):6379', A: '$(LMCACHE_REMOTE_URL)/a' };
    expect(namesOf({ ...FIELDS, env })).toEqual([
      'NODE_IP',
      'LMCACHE_REMOTE_URL',
      'A',
      'HF_HOME',
      'HOME',
      'POD_IP',
      'USER',
      'VLLM_ENGINE_READY_TIMEOUT_S',
      'VLLM_NO_USAGE_STATS',
    ]);
  });

  it('is that of the names without references', () => {
    expect(namesOf({ env: { B: '$$(C)', A: '1', C: '$A' } }).slice(0, 3)).toEqual(['A', 'B', 'C']);
  });
});

describe('a reference to a variable', () => {
  it.each<[string, Partial<ServingProps>]>([
    ['to a field of the pod', { ...FIELDS, env: { VLLM_HOST_IP: '$(POD_IP)' } }],
    ['to a Secret', { secretEnv: { PASS: SecretKey.of('a', 'b') }, env: { REDIS: 'redis://:$(PASS)@redis:6379' } }],
    ['to a variable of the library', { env: { XDG_CACHE_HOME: '$(HOME)/xdg' } }],
    ['to the API server, which every pod knows', { env: { API: 'https://$(KUBERNETES_SERVICE_HOST)' } }],
    ['that is escaped', { env: { PS1: '$$(POD_IP)' } }],
    ['in an argument', { ...FIELDS, extraArgs: ['--otlp-traces-endpoint=http://$(NODE_IP):4317'] }],
    [
      'in JSON',
      { ...FIELDS, engine: { kvEventsConfig: { enable_kv_cache_events: true, topic: 'kv@$(POD_IP)@llama' } } },
    ],
    ['in a path that the Hub’s library expands', { env: { HF_ASSETS_CACHE: '${HOME}/assets' } }],
    ['that is no name: a JSON schema', { env: { SCHEMA: '{"$ref": "#/$defs/a"}' } }],
    ['that only looks like one', { env: { FIELD: 'status.podIP of the pod', OTHER: 'metadata.labels' } }],
    ['that is a price', { env: { NOTE: 'costs $5 or US$ 7' } }],
  ])('is accepted %s', (_, props) => {
    const lines = [...errorsOf(props), ...warningsOf(props)];
    expect(lines.filter((line) => line.includes('variable'))).toEqual([]);
  });

  it.each<[string, Partial<ServingProps>, string]>([
    [
      'a variable that does not exist',
      { env: { VLLM_HOST_IP: '$(POD_IP)' } },
      'env.VLLM_HOST_IP: has $(POD_IP), and the container has no variable POD_IP: the engine gets the text itself; set POD_IP in env, secretEnv or fieldEnv, or write $$(POD_IP) if the text is meant [variable-not-filled-in]',
    ],
    [
      'the path of a field as text',
      { env: { VLLM_HOST_IP: 'status.podIP' } },
      'env.VLLM_HOST_IP: is the text "status.podIP", and only fieldEnv reads a field of the pod; set fieldEnv: { VLLM_HOST_IP: PodField.POD_IP } instead [variable-not-filled-in]',
    ],
    [
      'the name of the node as text',
      { env: { NODE: 'spec.nodeName' } },
      'env.NODE: is the text "spec.nodeName", and only fieldEnv reads a field of the pod; set fieldEnv: { NODE: PodField.NODE_NAME } instead [variable-not-filled-in]',
    ],
    [
      'a misspelt variable',
      { ...FIELDS, env: { VLLM_HOST_IP: '$(PODIP)' } },
      'env.VLLM_HOST_IP: has $(PODIP), and the container has no variable PODIP (did you mean "POD_IP"?): the engine gets the text itself; set PODIP in env, secretEnv or fieldEnv, or write $$(PODIP) if the text is meant [variable-not-filled-in]',
    ],
    [
      'a command of a shell',
      { env: { VLLM_HOST_IP: '$(hostname -i)' } },
      'env.VLLM_HOST_IP: has $(hostname -i), which no shell runs: the engine gets the text itself; write the value, or use fieldEnv for facts of the pod [variable-not-filled-in]',
    ],
    [
      'a variable in extraArgs that does not exist',
      { extraArgs: ['--otlp-traces-endpoint=http://$(NODE_IP):4317'] },
      'extraArgs[0]: has $(NODE_IP), and the container has no variable NODE_IP: the engine gets the text itself; set NODE_IP in env, secretEnv or fieldEnv, or write $$(NODE_IP) if the text is meant [variable-not-filled-in]',
    ],
    [
      'a variable in JSON that does not exist',
      { engine: { kvEventsConfig: { enable_kv_cache_events: true, topic: 'kv@$(POD_IP)@llama' } } },
      'engine.kvEventsConfig: has $(POD_IP), and the container has no variable POD_IP: the engine gets the text itself; set POD_IP in env, secretEnv or fieldEnv, or write $$(POD_IP) if the text is meant [variable-not-filled-in]',
    ],
    [
      'variables that name each other',
      { env: { A: '$(B)', B: 'x$(A)' } },
      'env.A: has $(B), which has $(A): Kubernetes fills in only variables that are earlier in the list; write the value of one of them as text [variable-circle]',
    ],
    [
      'a variable that names itself, as in a shell',
      { env: { LD_LIBRARY_PATH: '/opt/lib:$(LD_LIBRARY_PATH)' } },
      'env.LD_LIBRARY_PATH: has $(LD_LIBRARY_PATH): Kubernetes fills in only variables that are earlier in the list; write the value of one of them as text [variable-circle]',
    ],
  ])('fails to %s', (_, props, line) => {
    expect(errorsOf(props)).toEqual([line]);
  });

  it('fails once for a wrong number in the syntax of a shell', () => {
    const props = { env: { VLLM_NIXL_SIDE_CHANNEL_PORT: '${PORT}' } };
    expect(errorsOf(props)).toHaveLength(1);
    expect(warningsOf(props)).toEqual([]);
  });

  it.each<[string, Partial<ServingProps>, string]>([
    ['in braces', { ...FIELDS, env: { VLLM_HOST_IP: '${POD_IP}' } }, 'env.VLLM_HOST_IP: has ${POD_IP}'],
    ['without braces', { ...FIELDS, env: { VLLM_HOST_IP: '$POD_IP' } }, 'env.VLLM_HOST_IP: has $POD_IP'],
    ['inside of an address', { env: { PROXY: 'http://$NODE_IP:3128' } }, 'env.PROXY: has $NODE_IP'],
    ['in a path', { env: { PYTHONPATH: '/plugins:$PYTHONPATH' } }, 'env.PYTHONPATH: has $PYTHONPATH'],
    ['in extraArgs', { extraArgs: ['--otlp-traces-endpoint=http://${NODE_IP}:4317'] }, 'extraArgs[0]: has ${NODE_IP}'],
    [
      'in JSON',
      { engine: { kvEventsConfig: { enable_kv_cache_events: true, topic: 'kv@${POD_IP}@llama' } } },
      'engine.kvEventsConfig: has ${POD_IP}',
    ],
  ])('warns about the syntax of a shell %s', (_, props, start) => {
    const found = warningsOf(props).filter((line) => line.endsWith('[variable-of-shell]'));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${start}, which only a shell fills in: the engine gets the text itself; write $(`);
  });
});
