import type { NodeLabels } from '../../accelerator/placement';
import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { tree } from '../pod/tree';
import type { Tree } from '../pod/tree';
import { misspeltKeys } from './label-keys';
import type { NodeContext } from './node-context';
import { devicesOf } from './node-context';
import { archOfGpu } from './platform-labels';
import type { Read } from './read-requirement';
import { readRequirement } from './read-requirement';
import type { Requirement, Term } from './requirement';
import { finalTerms, replaced, SPEC, TERMS } from './requirement';

/** What the user wrote, for a message. */
function written({ requirement: { key, operator, subject }, value }: Read): string {
  if (operator === 'Exists') return `requires ${key}`;
  if (operator === 'NotIn') return `excludes ${key} "${value}"`;
  if (operator === 'Gt' || operator === 'Lt')
    return `requires ${key} ${operator === 'Gt' ? 'above' : 'below'} ${value}`;
  return subject !== 'placement' && subject.endsWith(`.${key}`) ? `is "${value}"` : `requires ${key} "${value}"`;
}

function findingOf(read: Read, context: NodeContext): Finding {
  const { verdict, requirement } = read;
  const { level, words } = verdict;
  const problem = `${written(read)}: ${words}`;
  const id = verdict.id ?? (level === 'away' ? 'nodes-without-device' : 'nodes-of-another-device');
  if (id === 'driver-too-old') {
    const fix = 'update the driver, or use an image for CUDA 12.9: docs/gpu.md#the-driver';
    return warning(id, requirement.subject, problem, fix);
  }
  const select = `select nodes with ${devicesOf(context)}`;
  const fix =
    id === 'nodes-of-another-platform'
      ? 'select other nodes, or set another imageTag'
      : `${select}, or change accelerator`;
  return level === 'other'
    ? warning(id, requirement.subject, problem, `${fix}, or acknowledge this`)
    : error(id, requirement.subject, problem, fix);
}

const worst = (reads: readonly Read[]): Read | undefined => reads.find(({ verdict }) => verdict.level !== 'other');

/** Findings about labels. Several labels that lead to the same devices are one mistake. */
function labelFindings(terms: readonly Term[], context: NodeContext): Finding[] {
  const read = terms.map((term) => term.flatMap((each) => readRequirement(each, context) ?? []));
  const allFail = read.every((each) => worst(each) !== undefined);
  const found = new Map<string, Read>();
  for (const each of read.flat()) {
    const { verdict } = each;
    // Another term has nodes for the pods: this one only matters where it leads them to other devices.
    if (!allFail && verdict.level === 'away') continue;
    const soft = allFail ? each : { ...each, verdict: { ...verdict, level: 'other' as const } };
    if (!found.has(verdict.words)) found.set(verdict.words, soft);
  }
  return [...found.values()].map((each) => findingOf(each, context));
}

/** Values that a label must have under several requirements; undefined where any value is allowed. */
function allowed(requirements: readonly Requirement[]): string[] | undefined {
  const lists = requirements.filter(({ operator }) => operator === 'In').map(({ values }) => values);
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  const excluded = requirements.filter(({ operator }) => operator === 'NotIn').flatMap(({ values }) => values);
  const isAbsent = requirements.some(({ operator }) => operator === 'DoesNotExist');
  if (isAbsent) return [];
  return first.filter((value) => others.every((each) => each.includes(value)) && !excluded.includes(value));
}

/** A label whose requirements no node meets together, in each alternative. */
function contradictions(terms: readonly Term[]): Finding[] {
  const impossible = terms.map((term) => {
    const keys = [...new Set(term.map(({ key }) => key))];
    return keys
      .map((key) => term.filter((each) => each.key === key))
      .find((each) => each.length > 1 && allowed(each)?.length === 0);
  });
  const [first] = impossible;
  if (first === undefined || impossible.includes(undefined)) return [];
  const [one] = first;
  const second = first.find(({ subject }) => subject !== one?.subject) ?? first[1];
  if (one === undefined || second === undefined) return [];
  const values = ({ operator, values: each }: Requirement) =>
    operator === 'DoesNotExist' ? 'no value' : `${operator === 'NotIn' ? 'not ' : ''}"${each.join('", "')}"`;
  const problem = `requires ${values(second)} for ${second.key}, and ${one.subject} requires ${values(one)}: no node has both`;
  return [error('nodes-contradict', second.subject, problem, 'remove one of them')];
}

function replacements(labels: NodeLabels, spec: Tree, reported: ReadonlySet<string>): Finding[] {
  return replaced(labels, spec)
    .filter(({ by }) => !reported.has(by))
    .map(({ key, values, by }) => {
      const what = `"${values.join('", "')}" for ${key}, which the placement requires`;
      const problem = by === TERMS ? `replaces the whole list, and so ${what}` : `replaces ${what}`;
      const fix = by === TERMS ? `add ${key} to each term, or remove placement` : 'remove it, or change placement';
      return warning('placement-replaced', by, problem, fix);
    });
}

function nodeNameFindings({ nodeName }: Tree): Finding[] {
  if (typeof nodeName !== 'string') return [];
  const problem = `is "${nodeName}": the pods bypass the scheduler, and fail again and again while the devices of this node are in use`;
  const fix = 'select the node by its label kubernetes.io/hostname in nodeSelector';
  return [warning('node-name', `${SPEC}.nodeName`, problem, fix)];
}

/** An image for one architecture, where no label shows that of the nodes. */
function archFindings(context: NodeContext, found: readonly Finding[], isOpen: boolean): Finding[] {
  const { imageArch, accelerator } = context;
  const own = archOfGpu(context);
  const id = 'nodes-of-another-platform';
  if (imageArch === undefined || imageArch === own || found.some((each) => each.id === id)) return [];
  const has = `has an image for ${imageArch} only`;
  const name = accelerator.model?.name;
  const fix = 'remove the architecture from imageTag: the plain tag has both';
  if (own !== undefined) return [error(id, 'vllmVersion', `${has}, and ${name} is in machines of ${own}`, fix)];
  if (imageArch !== 'arm64' || name === undefined || !isOpen) return [];
  return [
    warning(id, 'vllmVersion', `${has}, and few machines of arm64 have ${name}`, `${fix}, or acknowledge this finding`),
  ];
}

/** Findings about the nodes that a placement and the overrides select. */
export function nodeFindings(labels: NodeLabels, overrides: Tree, context: NodeContext): Finding[] {
  const spec = tree(overrides['spec']);
  const terms = finalTerms(labels, spec);
  const impossible = contradictions(terms);
  const found = impossible.length > 0 ? impossible : labelFindings(terms, context);
  const reported = new Set(found.map(({ subject }) => subject));
  return [
    ...found,
    ...misspeltKeys(terms.flat()),
    ...replacements(labels, spec, reported),
    ...nodeNameFindings(spec),
    ...archFindings(context, found, terms.flat().length === 0),
  ];
}
