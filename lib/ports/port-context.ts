import type { Catalogue } from '../engine/catalogue/catalogue';
import type { ConnectorContext } from '../memory/connectors';
import { numberIn } from '../memory/host/host-context';

/** What the ports of an engine are decided from. */
export interface PortContext extends ConnectorContext {
  readonly catalogue: Catalogue;
}

/** A port from JSON or from a variable, and where it comes from. */
export interface PortValue {
  readonly port: number;
  readonly origin: string;
}

/** A port in a variable, or its default in this release; none if synth does not know the value, or if it is no number. */
export function portOfVariable(name: string, { catalogue, environment }: PortContext): PortValue[] {
  const set = environment.has(name);
  const port = numberIn(set ? environment.get(name) : catalogue.env(name)?.default);
  return port === undefined ? [] : [{ port, origin: set ? `env.${name}` : '' }];
}

/** Ports in JSON or in a variable: one, or one for each rank, as a list or separated by commas. */
export function portsIn(value: unknown): number[] {
  const all: unknown[] = Array.isArray(value)
    ? (value as unknown[])
    : typeof value === 'string'
      ? value.split(',')
      : [value];
  return all.flatMap((each) => numberIn(each) ?? []);
}
