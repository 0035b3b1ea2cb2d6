import { Chart, Testing } from 'cdk8s';
import type { VllmInferenceStackProps } from '../../lib';
import { Accelerator, ExtraVolume, GpuModel, Model, SecretKey, VllmInferenceStack } from '../../lib';

/** A manifest as a test reads it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests follow paths through manifests of any kind.
export type Manifest = any;

const SMALLEST: VllmInferenceStackProps = {
  name: 'vllm',
  model: Model.of('meta-llama/Llama-3.1-8B-Instruct'),
  accelerator: Accelerator.gpu(GpuModel.L40S),
};

/** The same model with its token: without one, a gated model has a warning. */
export const WITH_TOKEN = Model.of('meta-llama/Llama-3.1-8B-Instruct', {
  accessToken: SecretKey.of('hugging-face', 'token'),
});

/** An engine that serves TLS, with its certificate. */
export const WITH_TLS = {
  engine: { maxModelLen: 8192, sslCertfile: '/tls/tls.crt', sslKeyfile: '/tls/tls.key' },
  extraVolumes: [ExtraVolume.fromSecret('vllm-tls', '/tls')],
};

/** A stack in its own chart: the required properties, and those of a test. */
export function stackWith(props: Partial<VllmInferenceStackProps> = {}): VllmInferenceStack {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'llm' });
  return new VllmInferenceStack(chart, 'Stack', { ...SMALLEST, ...props });
}

/** All manifests of a stack with these properties. */
export function manifestsWith(props: Partial<VllmInferenceStackProps> = {}): Manifest[] {
  return Testing.synth(Chart.of(stackWith(props)));
}

/** The manifest of one kind; a stack has each kind once. */
export function find(manifests: readonly Manifest[], kind: string): Manifest {
  return manifests.find((manifest) => manifest.kind === kind);
}

/** The pod of a stack with these properties. */
export function podWith(props: Partial<VllmInferenceStackProps> = {}): Manifest {
  return find(manifestsWith(props), 'Deployment').spec.template.spec;
}

/** The engine's container of a stack with these properties. */
export function containerWith(props: Partial<VllmInferenceStackProps> = {}): Manifest {
  return podWith(props).containers.find(({ name }: Manifest) => name === 'vllm');
}

/** The message with which a stack with these properties is refused. Properties may be of any type, as from JavaScript. */
export function refusalOf(props: object): string {
  try {
    stackWith(props);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`not refused: ${JSON.stringify(props)}`);
}
