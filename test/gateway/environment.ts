import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { SetupError } from '../cluster/setup-error';

const HELP = `LIVE_ROUTING must be the path of a program that runs a command beside a control plane and Envoy Gateway, all in
  one network namespace: "$LIVE_ROUTING COMMAND…". The command finds kubectl on PATH, and in its environment
    KUBECONFIG   an API server with Gateway API and Envoy Gateway's kinds, a scheduler, and nodes whose pods are faked;
                 the address of each pod is one of the machine's own
    LIVE_TOOLS   a folder with envoy.py, which starts the Envoy of a Gateway: "envoy.py GATEWAY NAMESPACE"
    LIVE         a folder for logs`;

/** The program that brings the gateway. */
export function readLiveRouting(env: NodeJS.ProcessEnv = process.env): string {
  const program = env.LIVE_ROUTING;
  const wrong = program ? problemOf(program) : 'it is not set.';
  if (program && !wrong) return resolve(program);
  throw new SetupError(`The gateway tests need a real gateway and cannot start.\n\n  ${HELP}\n  Now: ${wrong}\n`);
}

function problemOf(program: string): string | undefined {
  try {
    accessSync(program, constants.X_OK);
    return undefined;
  } catch {
    return `${program} is not an executable file.`;
  }
}

/** What the program puts into the environment of the tests. */
export function readLive(env: NodeJS.ProcessEnv = process.env): { readonly logs: string; readonly tools: string } {
  const { LIVE: logs, LIVE_TOOLS: tools, KUBECONFIG: kubeconfig } = env;
  if (logs && tools && kubeconfig) return { logs, tools };
  throw new SetupError('These tests run beside a gateway: start them with `npm run test:gateway`.\n');
}
