import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { didYouMean } from '../../preflight/nearest';
import { circlesOf, referencesIn } from '../variable-references';

/** A text in which Kubernetes fills in variables, and where the user wrote it. */
export interface ReferringText {
  readonly origin: string;
  readonly text: string;
}

const NAME = /^[A-Za-z_][-A-Za-z0-9_.]*$/;

/** Variables of every pod: the address of the API server (kubernetes/kubernetes:pkg/kubelet/envvars). */
const OF_EVERY_POD = /^KUBERNETES_(SERVICE_|PORT)/;

/** The Hub's own library reads paths from variables like a shell (huggingface_hub/constants.py, expandvars). */
const EXPANDED_LATER = /^env\.HF_/;

/** `${NAME}`, and `$NAME` as a word of its own. Lower-case names are keys of JSON schemas, such as `$defs`. */
const SHELL = /(?<![$\\])\$(?:\{([A-Z_][A-Z0-9_]*)\}|([A-Z_][A-Z0-9_]+)(?![A-Za-z0-9_]))/;

function missing({ origin, text }: ReferringText, names: readonly string[]): Finding[] {
  const unknown = referencesIn(text).find((name) => !names.includes(name) && !OF_EVERY_POD.test(name));
  if (unknown === undefined) return [];
  if (!NAME.test(unknown)) {
    const problem = `has $(${unknown}), which no shell runs: the engine gets the text itself`;
    return [error('variable-not-filled-in', origin, problem, 'write the value, or use fieldEnv for facts of the pod')];
  }
  const problem = `has $(${unknown}), and the container has no variable ${unknown}${didYouMean(unknown, names)}: the engine gets the text itself`;
  const fix = `set ${unknown} in env, secretEnv or fieldEnv, or write $$(${unknown}) if the text is meant`;
  return [error('variable-not-filled-in', origin, problem, fix)];
}

function ofShell({ origin, text }: ReferringText): Finding[] {
  if (EXPANDED_LATER.test(origin)) return [];
  const [found, braced, plain] = SHELL.exec(text) ?? [];
  if (found === undefined) return [];
  const name = braced ?? plain ?? '';
  const problem = `has ${found}, which only a shell fills in: the engine gets the text itself`;
  const fix = `write $(${name}), and set ${name} in env, secretEnv or fieldEnv`;
  return [warning('variable-of-shell', origin, problem, fix)];
}

/** The path of a field of the pod, which `valueFrom.fieldRef` reads and a value does not. */
const FIELDS: Readonly<Record<string, string>> = {
  'status.podIP': 'POD_IP',
  'status.podIPs': 'POD_IPS',
  'status.hostIP': 'HOST_IP',
  'spec.nodeName': 'NODE_NAME',
  'spec.serviceAccountName': 'SERVICE_ACCOUNT_NAME',
  'metadata.name': 'NAME',
  'metadata.namespace': 'NAMESPACE',
  'metadata.uid': 'UID',
};

function ofField({ origin, text }: ReferringText): Finding[] {
  const field = Object.hasOwn(FIELDS, text) ? FIELDS[text] : undefined;
  if (field === undefined || !origin.startsWith('env.')) return [];
  const problem = `is the text "${text}", and only fieldEnv reads a field of the pod`;
  const name = origin.replace('env.', '');
  return [error('variable-not-filled-in', origin, problem, `set fieldEnv: { ${name}: PodField.${field} } instead`)];
}

/** What Kubernetes does not fill in. `names` are the variables of the container. One text has one finding. */
export function referenceFindings(texts: readonly ReferringText[], names: readonly string[]): Finding[] {
  return texts.flatMap((each) => {
    const found = missing(each, names);
    return found.length > 0 ? found : [...ofShell(each), ...ofField(each)];
  });
}

/** Variables of `env` that name each other in a circle. */
export function circleFindings(env: Readonly<Record<string, string>>): Finding[] {
  const variables = Object.entries(env).map(([name, value]) => ({ name, value }));
  return circlesOf(variables).map((circle) => {
    const [first = ''] = circle;
    const way = [...circle.slice(1), first].map((name) => `$(${name})`).join(', which has ');
    const problem = `has ${way}: Kubernetes fills in only variables that are earlier in the list`;
    return error('variable-circle', `env.${first}`, problem, 'write the value of one of them as text');
  });
}
