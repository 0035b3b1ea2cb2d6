import { Catalogue } from '../../../lib/engine/catalogue/catalogue';
import { checkEnvironment } from '../../../lib/engine/check/check-environment';
import { parseRelease } from '../../../lib/engine/release';
import { findingLine } from '../../../lib/preflight/finding';

const check = (name: string, release = '0.32.0') =>
  checkEnvironment([{ origin: `env.${name}`, name }], Catalogue.of(parseRelease(release))).map(findingLine);

describe('environment variables', () => {
  it('are accepted when vLLM reads them, and when they are not its own', () => {
    expect(check('VLLM_LOGGING_LEVEL')).toEqual([]);
    expect(check('HF_HUB_OFFLINE')).toEqual([]);
    expect(check('MY_VLLM_THING')).toEqual([]);
  });

  it('refuses a typing error in a name', () => {
    expect(check('VLLM_LOGING_LEVEL')).toEqual([
      'env.VLLM_LOGING_LEVEL: vLLM 0.32.0 does not read VLLM_LOGING_LEVEL (did you mean "VLLM_LOGGING_LEVEL"?) and would ignore it; correct the name or remove it [unknown-variable]',
    ]);
  });

  it('refuses a name that is not similar to a known one', () => {
    expect(check('VLLM_SERVICE_HOST_OF_MY_OWN_PLATFORM')[0]).toContain(
      'vLLM 0.32.0 does not read VLLM_SERVICE_HOST_OF_MY_OWN_PLATFORM and would ignore it',
    );
  });

  it('refuses a variable of a later release', () => {
    expect(check('VLLM_CHAT_TEMPLATE_RENDER_TIMEOUT', '0.31.0')).toEqual([
      'env.VLLM_CHAT_TEMPLATE_RENDER_TIMEOUT: VLLM_CHAT_TEMPLATE_RENDER_TIMEOUT was added in vLLM 0.32, and the pinned version is 0.31.0; raise vllmVersion to 0.32 or later, or remove it [variable-too-new]',
    ]);
  });

  it('refuses a removed variable, with what replaces it', () => {
    expect(check('VLLM_ATTENTION_BACKEND')).toEqual([
      'env.VLLM_ATTENTION_BACKEND: VLLM_ATTENTION_BACKEND was removed in vLLM 0.15, and the pinned version is 0.32.0; use --attention-backend, or remove it [variable-removed]',
    ]);
  });

  it('refuses a removed variable without a replacement', () => {
    expect(check('VLLM_USE_V1')).toEqual([
      'env.VLLM_USE_V1: VLLM_USE_V1 was removed in vLLM 0.11, and the pinned version is 0.32.0; remove it [variable-removed]',
    ]);
  });

  it('refuses a variable in the releases of a gap', () => {
    expect(check('VLLM_ROCM_USE_AITER_FP4_ASM_GEMM', '0.29.0')[0]).toContain(
      'was removed in vLLM 0.29 and added again in 0.31',
    );
  });
});
