import { accessSync, constants, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SetupError } from './setup-error';

/** Folders of the binaries and the CRDs. */
export interface Environment {
  readonly assets: string;
  readonly crdDir: string;
}

const BINARIES = ['etcd', 'kube-apiserver'];

const ASSETS_HELP = `KUBEBUILDER_ASSETS must be a folder with the programs ${BINARIES.join(' and ')}. To download them:
    go install sigs.k8s.io/controller-runtime/tools/setup-envtest@latest
    export KUBEBUILDER_ASSETS="$(setup-envtest use -p path)"`;

const CRD_HELP = `CRD_DIR must be a folder of CustomResourceDefinition YAML (*.yaml, several documents per file are fine) for
  the APIs that the examples use: KEDA, Prometheus Operator, Argo Rollouts, Gateway API, LeaderWorkerSet, ...
    export CRD_DIR=path/to/crds`;

/** Reads the environment. One error reports everything that is missing. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const assets = env.KUBEBUILDER_ASSETS;
  const crdDir = env.CRD_DIR;
  const wrongAssets = assets ? missingBinaries(assets) : 'it is not set.';
  const wrongCrdDir = crdDir ? missingCrds(crdDir) : 'it is not set.';
  if (assets && crdDir && !wrongAssets && !wrongCrdDir) {
    return { assets: resolve(assets), crdDir: resolve(crdDir) };
  }
  const problems = [
    ...(wrongAssets ? [`${ASSETS_HELP}\n  Now: ${wrongAssets}`] : []),
    ...(wrongCrdDir ? [`${CRD_HELP}\n  Now: ${wrongCrdDir}`] : []),
  ];
  const intro = 'The cluster tests need a real kube-apiserver and cannot start.';
  throw new SetupError(`${intro}\n\n${problems.map((problem) => `  ${problem}`).join('\n\n')}\n`);
}

function missingBinaries(folder: string): string | undefined {
  const missing = BINARIES.filter((binary) => !isExecutable(join(folder, binary)));
  return missing.length > 0 ? `${folder} has no executable ${missing.join(' and no ')}.` : undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function missingCrds(folder: string): string | undefined {
  try {
    return yamlFiles(folder).length === 0 ? `${folder} has no *.yaml file.` : undefined;
  } catch {
    return `${folder} is not a readable folder.`;
  }
}

export function yamlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => join(folder, file));
}
