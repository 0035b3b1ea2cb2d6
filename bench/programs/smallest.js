/** The smallest useful program. Its argument is the output folder. */
const { argv } = require('node:process');
const { App, Chart } = require('cdk8s');
const { Accelerator, GpuModel, Model, SecretKey, VllmInferenceStack } = require('cdk8s-vllm');

const app = new App({ outdir: argv[2] });
new VllmInferenceStack(new Chart(app, 'vllm'), 'Llama', {
  name: 'vllm',
  model: Model.of('meta-llama/Llama-3.1-8B-Instruct', { accessToken: SecretKey.of('hugging-face', 'token') }),
  accelerator: Accelerator.gpu(GpuModel.L40S),
});
app.synth();
