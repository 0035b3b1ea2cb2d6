import { accessSync, constants } from 'node:fs';
import { join, resolve } from 'node:path';
import { SetupError } from '../cluster/setup-error';

/** Programs of a control plane, of Istio, and of an endpoint picker. */
const PROGRAMS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'pilot-discovery', 'envoy', 'epp'];

/** Kinds of Istio, and those that the endpoint picker watches besides InferencePools. */
const KINDS = ['istio-crds.yaml', 'inference-crds.yaml'];

const HELP = `POOL_ASSETS must be a folder with ${[...PROGRAMS, ...KINDS].join(', ')}:
    pilot-discovery is Istio's, epp the endpoint picker of Gateway API Inference Extension 1.5, both listening on
    127.0.0.1; the YAML files have the CustomResourceDefinitions of both.
  CRD_DIR must be a folder of CustomResourceDefinitions, as for the cluster tests.`;

export interface PoolEnvironment {
  readonly assets: string;
  readonly crdDir: string;
}

/** Reads the environment. */
export function readPoolEnvironment(env: NodeJS.ProcessEnv = process.env): PoolEnvironment {
  const { POOL_ASSETS: assets, CRD_DIR: crdDir } = env;
  const missing = assets ? missingFiles(assets) : [];
  if (assets && crdDir && missing.length === 0) return { assets: resolve(assets), crdDir: resolve(crdDir) };
  const unset = Object.entries({ POOL_ASSETS: assets, CRD_DIR: crdDir }).filter(([, value]) => !value);
  const now = unset.length > 0 ? `${unset.map(([name]) => name).join(' and ')} is not set` : `no ${missing.join(', ')}`;
  throw new SetupError(`The tests of pools need real programs and cannot start.\n\n  ${HELP}\n  Now: ${now}.\n`);
}

function missingFiles(folder: string): string[] {
  const isThere = (file: string, mode: number): boolean => {
    try {
      accessSync(join(folder, file), mode);
      return true;
    } catch {
      return false;
    }
  };
  return [
    ...PROGRAMS.filter((file) => !isThere(file, constants.X_OK)),
    ...KINDS.filter((file) => !isThere(file, constants.R_OK)),
  ];
}
