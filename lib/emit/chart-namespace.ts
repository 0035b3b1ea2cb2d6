import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { namespace } from '../shapes/object-names';
import { findingsOf } from '../shapes/shape';

/** What is wrong with the namespace of the chart, which objects get where their construct has none of its own. */
export const chartNamespaceFindings = (construct: Construct, own: string | undefined) => {
  const { namespace: ofChart } = Chart.of(construct);
  if (own !== undefined || ofChart === undefined) return [];
  return findingsOf(ofChart, 'namespace of the chart', namespace);
};
