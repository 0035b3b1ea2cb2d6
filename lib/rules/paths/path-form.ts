import { PATHS } from '../../defaults';
import type { NamedPath } from './named-path';
import { isTemplateOfPackage } from './image-files';
import type { OtherForm } from './path-row';

/** An id on the Hub, without or with its owner; also with the quantisation of a GGUF file. */
const HUB_ID = /^\w([\w.-]*\w)?(\/\w([\w.-]*\w)?)?(:[\w-]+)?$/;
/** A GGUF file of a repository: `org/name/file.gguf` (vllm/transformers_utils/gguf_utils.py). */
const GGUF_FILE = /^\w[\w.-]*\/\w[\w.-]*\/\w[\w.-]*\.gguf$/i;

/** Whether a name is an id on the Hub: what ends as a file is none. */
export const isHubId = (value: string): boolean =>
  GGUF_FILE.test(value) || (HUB_ID.test(value) && !/\.(jinja2?|jsonl?|py|safetensors|gguf|ya?ml)$/i.test(value));

/** How vLLM recognises a template in place of its file (vllm/entrypoints/chat_utils.py, JINJA_CHARS). */
const HAS_JINJA = /[{}\n]/;

/** The path of a template with a stray character, which makes vLLM read the path as the template. */
const PATH_AS_TEMPLATE = /^[^{}\s%]*\.jinja2?\s+$|^\.{0,2}\/[^\n%]*\.jinja2?\s*$/;

const FITS: Readonly<Record<OtherForm, (value: string) => boolean>> = {
  template: (value) => (HAS_JINJA.test(value) && !PATH_AS_TEMPLATE.test(value)) || isTemplateOfPackage(value),
  hub: isHubId,
  auto: (value) => value === 'auto' || value === 'vllm',
  library: (value) => !value.includes('/'),
  uri: (value) => /^[a-z][a-z0-9+.-]+:\/\//i.test(value) && !/^file:/i.test(value),
};

/** Whether a value is something else than a path, or only known in the cluster: Kubernetes replaces `$(NAME)`. */
export const isNoPath = ({ value, or }: NamedPath): boolean =>
  value === '' || /(^|[^$])\$\([A-Za-z_][\w.-]*\)/.test(value) || or.some((form) => FITS[form](value));

/** What is wrong with a path, and what to write instead. */
export interface WrongPath {
  readonly problem: string;
  readonly fix: string;
}

/** Names that only single files have. */
const OF_FILE = /\.(json|jinja2?|py|safetensors|bin|pt|pth|crt|pem|key|ya?ml|txt)$/i;
/** Files which stand for a whole tokenizer or model. */
const WHOLE = /(^|\/)(tekken\.json|tokenizer\.model[^/]*|[^/]*\.gguf|[^/]*\.tiktoken)$/i;

const ABSOLUTE = 'give a path that begins with "/"';

/** Why no program in a container opens this text as a path, whatever is mounted. */
export function wrongForm({ value, or }: NamedPath): WrongPath | undefined {
  const hub = or.includes('hub') ? ', or its id on the Hub' : '';
  if (/^file:/i.test(value)) {
    const path = value.replace(/^file:\/*/i, '/');
    return { problem: 'which is a URL: vLLM opens paths only', fix: `give "${path}"` };
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(value)) {
    const inline = or.includes('template') ? ', or the text of the template' : '';
    return {
      problem: 'which is a URL: vLLM opens paths only, and downloads nothing from there',
      fix: `mount the files, and ${ABSOLUTE}${hub}${inline}`,
    };
  }
  if (/^[A-Za-z]:[\\/]|^\\|^[^/]*\\/.test(value)) {
    return {
      problem: 'which is a path of Windows: the container runs Linux',
      fix: `mount the files, and ${ABSOLUTE}${hub}`,
    };
  }
  if (/\$\{?[A-Za-z_]/.test(value)) {
    return {
      problem: 'and no shell replaces the variable: Kubernetes replaces $(NAME) only',
      fix: `${ABSOLUTE}, or write $(NAME)`,
    };
  }
  if (value.startsWith('~')) {
    return {
      problem: `and "~" is ${PATHS.home} at most, which starts empty`,
      fix: `mount the files, and ${ABSOLUTE}${hub}`,
    };
  }
  if (value !== value.trim()) {
    const template = or.includes('template') ? ': vLLM then serves this text as the template' : '';
    return { problem: `which has a blank or a line break at an end${template}`, fix: `give "${value.trim()}"` };
  }
  if (or.includes('template') && HAS_JINJA.test(value)) {
    return {
      problem: 'which has braces: vLLM then serves this text as the template',
      fix: 'give a path without braces',
    };
  }
  return undefined;
}

/** Why a path names a folder where vLLM opens a file, or the reverse. */
export function wrongKind({ value, kind }: NamedPath): WrongPath | undefined {
  if (kind === 'file' && value.endsWith('/')) {
    return { problem: 'which is a folder, and vLLM opens a file there', fix: 'give the file in it' };
  }
  if (kind === 'file' || !OF_FILE.test(value) || (kind === 'either' && WHOLE.test(value))) return undefined;
  const folder = value.replace(/\/[^/]*$/, '');
  const fix = folder === '' || folder === value ? 'give its folder' : `give "${folder}"`;
  return { problem: 'which is a file, and vLLM reads a folder there', fix };
}
