import { App, Chart } from 'cdk8s';
import type { VllmInferenceStackProps } from '../../lib';
import { Accelerator, GpuModel, Model, SecretKey, VllmInferenceStack } from '../../lib';

export const reviewed = ['NetworkPolicy llama-prefill-netpol'];

/**
 * Prefill and decode in separate stacks, ready for a router that sends each request to both, such as that of llm-d or of
 * the vLLM production stack. NIXL moves the KV blocks, and a router in the namespace `router` follows KV events.
 */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'prefill-decode', { namespace: 'llm' });
  const common = {
    model: Model.of('meta-llama/Llama-3.1-8B-Instruct', { accessToken: SecretKey.of('hugging-face', 'token') }),
    accelerator: Accelerator.gpu(GpuModel.H100),
    network: { clientNamespaces: ['router'] },
  } satisfies Partial<VllmInferenceStackProps>;
  const engine = (role: string) => ({
    maxModelLen: 32768,
    kvTransferConfig: { kv_connector: 'NixlConnector', kv_role: role },
    kvEventsConfig: { enable_kv_cache_events: true, publisher: 'zmq', endpoint: 'tcp://*:5557' },
  });
  new VllmInferenceStack(chart, 'Prefill', { ...common, name: 'llama-prefill', engine: engine('kv_producer') });
  new VllmInferenceStack(chart, 'Decode', { ...common, name: 'llama-decode', engine: engine('kv_consumer') });
  return app;
}

if (require.main === module) build().synth();
