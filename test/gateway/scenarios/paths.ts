import { backends, gateway, inNamespace, route, rule } from '../../support/routing/objects';
import type { Filter } from '../../support/routing/resources';
import { sample, type Scenario } from '../scenario';

const prefix = (replacePrefixMatch: string): Filter => ({
  type: 'URLRewrite',
  urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch } },
});
const full: Filter = {
  type: 'URLRewrite',
  urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/v1/models' } },
};
const host: Filter = { type: 'URLRewrite', urlRewrite: { hostname: 'inside.example' } };
const edit: Filter = {
  type: 'RequestHeaderModifier',
  requestHeaderModifier: {
    set: [{ name: 'x-sla-tier', value: 'standard' }],
    add: [{ name: 'x-via', value: 'gw' }],
    remove: ['x-internal'],
  },
};

/** A model per path prefix, and what the pod receives. */
export const pathScenario: Scenario = {
  name: 'paths',
  manifests: inNamespace('paths', [
    gateway(),
    ...backends('llama', 'qwen', 'long', 'exact', 'regex', 'root', 'full', 'host', 'edit', 'post'),
    route('paths', [
      rule('/llama/v1', 'llama', { filters: [prefix('/v1')] }),
      rule('/qwen', 'qwen', { filters: [prefix('/')] }),
      rule('/slash/', 'qwen', { filters: [prefix('/v1/')] }),
      rule('/long/er/prefix', 'long'),
      rule('/long/er', 'root'),
      rule('=/long/er/prefix/exact', 'exact'),
      rule('~/long/er/prefix/[0-9]+', 'regex'),
      rule('/models', 'full', { filters: [full] }),
      rule('/host', 'host', { filters: [host] }),
      rule('/edit', 'edit', { filters: [edit] }),
      rule('/method', 'root'),
      rule('/method', 'post', { method: 'POST' }),
    ]),
  ]),
  samples: [
    sample('POST h/llama/v1/chat/completions', {}, 'llama', { as: '/v1/chat/completions' }),
    sample('h/llama/v1', {}, 'llama', { as: '/v1' }),
    sample('h/llama/v1/', {}, 'llama', { as: '/v1/' }),
    sample('h/llama/v1/models?a=b', {}, 'llama', { as: '/v1/models?a=b' }),
    sample('h/llama/v2', {}, 404),
    sample('h/llama/v1/../../metrics', {}, 404),
    sample('h/llama', {}, 404),
    sample('h/qwen/v1/models', {}, 'qwen', { as: '/v1/models' }),
    sample('h/qwen', {}, 'qwen', { as: '/' }),
    sample('h/qwen/', {}, 'qwen', { as: '/' }),
    sample('h/qwen2/v1', {}, 404),
    sample('h/slash/models', {}, 'qwen', { as: '/v1/models' }),
    sample('h/slash', {}, 'qwen', { as: '/v1' }),
    sample('h/long/er/prefix/x', {}, 'long'),
    sample('h/long/er/prefixed', {}, 'root'),
    sample('h/long/er/prefix/exact', {}, 'exact'),
    sample('h/long/er/prefix/exact/', {}, 'long'),
    sample('h/long/er/prefix/42', {}, 'regex'),
    sample('h/long/er/prefix/42x', {}, 'long'),
    sample('h/models/any/thing', {}, 'full', { as: '/v1/models' }),
    sample('h/models?a=b', {}, 'full', { as: '/v1/models?a=b' }),
    sample('h/host', {}, 'host', { receives: { host: 'inside.example' } }),
    sample('h/method', {}, 'root', { receives: { host: 'h' } }),
    sample('POST h/method', {}, 'post'),
    sample('DELETE h/method', {}, 'root'),
    sample('h/edit', {}, 'edit', { receives: { 'x-sla-tier': 'standard', 'x-via': 'gw', 'x-internal': undefined } }),
    sample('h/edit', { 'X-SLA-Tier': 'gold', 'x-via': 'me', 'X-Internal': '1' }, 'edit', {
      receives: { 'x-sla-tier': 'standard', 'x-via': 'me, gw', 'x-internal': undefined },
    }),
  ],
};
