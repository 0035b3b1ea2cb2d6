import { setVariables } from '../../lib/engine/environment';
import type { HostContext } from '../../lib/memory/host/host-context';
import { hostNeeds } from '../../lib/memory/host/host-needs';
import type { ModelShape } from '../../lib/model/model-shape';
import type { ServingProps } from '../../lib/stack/serving-props';
import type { HostNeeds, HostPart } from '../../lib/timing/host-needs';
import { planOf } from './plan';

export const GIB = 1024;

/** A part in GiB, for people: `16: KV blocks`. */
export const inGib = (parts: readonly HostPart[]): string[] =>
  parts.map(({ mib, what }) => `${Number((mib / GIB).toFixed(2))}: ${what}`);

/** What a stack takes of the host; a shape replaces parts of that of the model. */
export function needsOf(props: Partial<ServingProps>, shape?: Partial<ModelShape>): HostNeeds {
  const { basis, release, weights } = planOf(props);
  const { model, accelerator, commandLine, variables, mounts } = basis;
  const changed = shape && model.shape ? { ...model, shape: { ...model.shape, ...shape } } : model;
  const context: HostContext = {
    model: changed,
    accelerator,
    facts: commandLine.facts,
    release,
    weights,
    environment: setVariables(variables),
    mounts,
  };
  return hostNeeds(context);
}

/** A connector as `engine.kvTransferConfig`. */
export const connector = (name: string, extra: object = {}) => ({
  kvTransferConfig: { kv_connector: name, kv_role: 'kv_both', kv_connector_extra_config: extra },
});
