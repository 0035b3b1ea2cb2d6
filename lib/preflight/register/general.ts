import type { Section } from './section';

const NEW_ID_PER_VERSION =
  'The pinned vLLM version changes something for this stack. The id names the version, so that an acknowledgement covers only that version.';

export const GENERAL = [
  {
    title: 'Properties',
    docs: 'preflight.md#findings',
    errors: {
      'missing-property': 'A required property is not set.',
      'unknown-property': 'The property does not exist.',
      'wrong-config': 'A config.json cannot be read as the description of a model.',
      'wrong-value': 'The value of a property is not allowed.',
    },
  },
  {
    title: 'Quantities',
    docs: 'preflight.md#quantities',
    warnings: {
      'implausible-quantity': 'A size, a time, a price or a number is far from usual: the unit is probably wrong.',
    },
  },
  {
    title: 'Acknowledgements',
    docs: 'preflight.md#acknowledgements',
    warnings: {
      'stale-acknowledgement': 'An acknowledgement names a finding that the stack or platform does not have.',
    },
  },
  {
    title: 'vLLM version',
    docs: 'escape-hatches.md#versions-and-images',
    errors: {
      'image-of-another-vendor': 'The image is built for devices of another vendor than the accelerator.',
      'moving-tag': 'The tag of the image moves to other builds, and no digest pins it.',
      'no-such-image': 'The pinned vLLM release has no image with this tag suffix.',
      'not-an-upgrade': 'upgradingFrom is not older than the pinned version.',
      'tag-of-another-version': 'imageTag names another version than the pinned one.',
      'unknown-version': 'The library does not know this vLLM version.',
    },
    warnings: {
      'image-of-another-vendor': 'The image is built for devices of another vendor than the accelerator.',
      'version-unchecked': 'Flags, variables and metrics are not checked, because the vLLM version is unchecked.',
      'vllm-<version>-changes': NEW_ID_PER_VERSION,
    },
    notices: {
      'driver-of-image': 'The image needs an NVIDIA driver of a certain branch or later on the nodes.',
      'vllm-<version>-changes': NEW_ID_PER_VERSION,
    },
  },
] as const satisfies readonly Section[];
