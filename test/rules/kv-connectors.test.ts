import { Model, VllmVersion } from '../../lib';
import { errorsOf, idsOf, pinned, warningsOf } from '../support/plan';

describe('the KV connector ', () => {
  const config = (kvTransferConfig: Record<string, unknown>) => ({ engine: { kvTransferConfig } });

  it('refuses one without a role', () => {
    expect(errorsOf(config({ kv_connector: 'NixlConnector' }))).toEqual([
      'engine.kvTransferConfig: names the connector "NixlConnector" without kv_role; add kv_role: kv_producer, kv_consumer or kv_both [kv-role-missing]',
    ]);
  });

  it('accepts a role, also by dotted keys', () => {
    const dotted = ['--kv-transfer-config.kv_connector=NixlConnector', '--kv-transfer-config.kv_role=kv_both'];
    expect(idsOf({ extraArgs: dotted })).toEqual([]);
    expect(idsOf({ extraArgs: dotted.slice(0, 1) })).toEqual(['kv-role-missing']);
  });

  it('refuses a connector that older releases had, and gives its successor', () => {
    const old = config({ kv_connector: 'P2pNcclConnector', kv_role: 'kv_both' });
    expect(errorsOf({ ...old, ...pinned('0.32.0') })).toEqual([
      'engine.kvTransferConfig: names the connector "P2pNcclConnector", which vLLM 0.32.0 does not have; use NixlConnector, or set kv_connector_module_path [kv-connector-unknown]',
    ]);
    expect(idsOf({ ...old, ...pinned('0.23.0') })).toEqual([]);
  });

  it('accepts any class of a module of one’s own', () => {
    expect(
      idsOf({
        ...config({ kv_connector: 'Mine', kv_role: 'kv_both', kv_connector_module_path: 'mine.connectors' }),
        env: { PYTHONPATH: '/plugins' },
      }),
    ).toEqual([]);
  });

  it('warns about an unknown connector of an image of one’s own: a plugin may add it', () => {
    const vllmVersion = VllmVersion.of('0.32.0', { repository: 'registry.example.com/vllm-ascend' });
    const props = { ...config({ kv_connector: 'AscendStoreConnector', kv_role: 'kv_both' }), vllmVersion };
    expect(errorsOf(props)).toEqual([]);
    expect(warningsOf(props).join()).toContain('a plugin of registry.example.com/vllm-ascend:v0.32.0 must add it');
  });

  it('refuses an unknown connector behind a MultiConnector, and names its place', () => {
    const connectors = [
      { kv_connector: 'NixlConnector', kv_role: 'kv_both' },
      { kv_connector: 'Nixl', kv_role: 'kv_both' },
    ];
    const [message] = errorsOf(
      config({ kv_connector: 'MultiConnector', kv_role: 'kv_both', kv_connector_extra_config: { connectors } }),
    );
    expect(message).toContain('engine.kvTransferConfig: connectors[1] names the connector "Nixl"');
  });

  it('refuses a MultiConnector without connectors', () => {
    expect(idsOf(config({ kv_connector: 'MultiConnector', kv_role: 'kv_both' }))).toEqual(['kv-connector-missing']);
  });
});

describe('offloading of the KV cache', () => {
  it('warns about a backend without a size: nothing is offloaded', () => {
    expect(warningsOf({ engine: { kvOffloadingBackend: 'lmcache' } })).toEqual([
      'engine.kvOffloadingBackend: is lmcache, and nothing is offloaded without a size; set engine.kvOffloadingSize, or remove it [kv-offloading-without-size]',
    ]);
  });
});

describe('one mistake of a connector', () => {
  it.each([
    [{ kv_connector: 'NixlConector', kv_role: 'kv_both' }, 'kv-connector-unknown'],
    [{ kv_conector: 'NixlConnector', kv_role: 'kv_both' }, 'unknown-json-key'],
  ])('has one finding, with the name that was meant: %j', (kvTransferConfig, id) => {
    const [found = '', ...others] = errorsOf({ engine: { kvTransferConfig } });
    expect(found).toMatch(new RegExp(`did you mean "\\w+".*\\[${id}\\]$`));
    expect(others).toEqual([]);
  });

  it('has one finding where the text is not JSON', () => {
    expect(errorsOf({ extraArgs: ['--kv-transfer-config={kv_connector: Nixl}'] })).toEqual([
      expect.stringContaining('[invalid-json]'),
    ]);
  });
});

describe('transfer of the output of encoders', () => {
  const args = (config: Record<string, unknown>) => ({ extraArgs: [`--ec-transfer-config=${JSON.stringify(config)}`] });
  const ECHO = { ec_connector: 'ECExampleConnector' };

  it('refuses a connector without a role', () => {
    expect(errorsOf(args(ECHO))).toEqual([
      'extraArgs[0]: --ec-transfer-config names the connector "ECExampleConnector" without ec_role; add ec_role: ec_producer, ec_consumer or ec_both [ec-role-missing]',
    ]);
  });

  it('refuses a producer that reads text only, and does not check an unknown model', () => {
    const producer = args({ ...ECHO, ec_role: 'ec_producer' });
    expect(idsOf(producer)).toEqual(['encoder-of-text-model']);
    expect(idsOf({ ...producer, model: Model.of('org/unknown') })).not.toContain('encoder-of-text-model');
  });

  it('refuses a connector that vLLM does not have', () => {
    const config = { ec_connector: 'Nonsense', ec_role: 'ec_consumer' };
    expect(idsOf(args(config))).toEqual(['ec-connector-unknown']);
    expect(idsOf(args({ ...config, ec_connector_module_path: 'mine' }))).toEqual([]);
  });
});
