import { SMOKE_TEST } from '../defaults';
import type { PlannedTarget, SmokeTestPlan } from './smoke-test-plan';

/** Where the certificate authority is mounted. */
export const CA_FOLDER = '/etc/smoke-test/ca';

/**
 * The functions of the script, in POSIX sh.
 *
 * The key is in a header that curl reads from its standard input: arguments of a process are visible to others. The
 * kubelet replaces `$$` and `$(NAME)` for each variable NAME of the container, so the script has neither. The `tr` of
 * BusyBox may have no character classes.
 */
const FUNCTIONS = String.raw`
fail() {
  echo "FAILED $name: $step: $1"
  exit 1
}

# The first bytes of the answer, in one line.
excerpt() {
  body=$(tr -d '\000' <"$work/body")
  if [ -n "$key" ]; then
    case $body in *"$key"*) body='(not shown: it has the key in it)' ;; esac
  fi
  printf '%s' "$body" | tr -cs '\040-\176' ' ' | head -c 300
}

# send PATH BODY: one request. Sets the status, 000 without an answer, and the exit code of curl.
send() {
  path=$1 body=$2
  set -- --disable --silent --show-error --max-time "$request_timeout" --header @- \
    --output "$work/body" --write-out '%{http_code}'
  [ -z "$connect_to" ] || set -- "$@" --connect-to "::$connect_to"
  [ -z "$ca" ] || set -- "$@" --cacert "$ca"
  [ -z "$body" ] || set -- "$@" --json "$body"
  : >"$work/body"
  code=0
  status=$(
    {
      printf '%s\n' "$headers"
      [ -z "$key" ] || printf 'Authorization: Bearer %s\n' "$key"
    } | curl "$@" "$url$path" 2>"$work/error"
  ) || code=$?
}

# request PATH BODY: repeats it until the answer is final, which must be a whole one with status 200.
request() {
  step="GET $url$1"
  [ -z "$2" ] || step="POST $url$1"
  start=$(date +%s)
  waiting=
  while :; do
    send "$1" "$2"
    limit=$deadline
    case $status in
      000) reason="no answer: $(tr -s '\n' ' ' <"$work/error")" ;;
      502 | 503 | 504) reason="HTTP $status: $(excerpt)" ;;
      404 | 429 | 500)
        reason="HTTP $status: $(excerpt)"
        limit=$((start + route_timeout))
        ;;
      401 | 403) fail "HTTP $status, the key is refused: $(excerpt)" ;;
      200)
        [ "$code" -eq 0 ] || fail "the answer was cut, $(tr -s '\n' ' ' <"$work/error")after: $(excerpt)"
        return
        ;;
      *) fail "HTTP $status: $(excerpt)" ;;
    esac
    now=$(date +%s)
    if [ "$now" -ge "$limit" ] || [ "$now" -ge "$deadline" ]; then fail "$reason, after $((now - start)) s"; fi
    [ "$reason" = "$waiting" ] || echo "wait   $name: $step: $reason"
    waiting=$reason
    sleep "$pause"
  done
}

# target NAME URL KEY [HEADER...]: the route that the next steps ask.
target() {
  name=$1 url=$2 key=$3
  shift 3
  headers=$(printf '%s\n' "$@")
}

# models MODEL...: the list has these.
models() {
  request /models ''
  for model in "$@"; do
    tr -d ' \t\r\n' <"$work/body" | grep -qF "\"id\":\"$model\"" || fail "does not list $model: $(excerpt)"
  done
  echo "ok     $name: $step lists $*"
}

# stream PATH BODY: events arrive, and the last one is [DONE].
stream() {
  request "$1" "$2"
  events=$(grep -c '^data: *{' "$work/body")
  if grep -q '^data: *{"error"' "$work/body"; then fail "the stream has an error: $(excerpt)"; fi
  grep -q '^data: *\[DONE\]' "$work/body" || fail "the stream ended without [DONE] after $events events: $(excerpt)"
  [ "$events" -gt 0 ] || fail "the stream has no event: $(excerpt)"
  echo "ok     $name: $step streams $events events"
}

# embed BODY: a vector comes back.
embed() {
  request /embeddings "$1"
  tr -d ' \t\r\n' <"$work/body" | grep -q '"embedding":\[[-0-9]' || fail "has no embedding: $(excerpt)"
  echo "ok     $name: $step has an embedding"
}
`;

/** A text as one word of the shell, without the signs that the kubelet replaces: `$''$` is `$$` for the shell only. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`).replaceAll(/\$(?=[$(])/g, "$$''")}'`;

/** The request after the list of models. */
function question({ task, model }: PlannedTarget): string[] {
  const limits = { max_tokens: SMOKE_TEST.maxTokens, temperature: 0, stream: true };
  const ask = (body: object) => quoted(JSON.stringify(body));
  switch (task) {
    case 'chat':
      return [`stream /chat/completions ${ask({ model, messages: [{ role: 'user', content: 'Hello' }], ...limits })}`];
    case 'completion':
      return [`stream /completions ${ask({ model, prompt: 'Hello', ...limits })}`];
    case 'embedding':
      return [`embed ${ask({ model, input: 'Hello' })}`];
    case 'models':
      return [];
  }
}

function steps(target: PlannedTarget): string {
  const { name, url = '', keyVariable, headers, models } = target;
  const key = keyVariable === undefined ? "''" : `"$${keyVariable}"`;
  const lines = Object.entries(headers).map(([header, value]) => quoted(`${header}: ${value}`));
  return [
    ['target', quoted(name), quoted(url), key, ...lines].join(' '),
    ...(models.length === 0 ? [] : [['models', ...models.map(quoted)].join(' ')]),
    ...question(target),
  ].join('\n');
}

/** The script of the test. */
export function smokeTestScript({ times, connectTo = '', ca, targets }: SmokeTestPlan): string {
  const settings = [
    'set -u',
    `timeout=${times.total} route_timeout=${times.route} request_timeout=${times.request} pause=${times.pause}`,
    `connect_to=${quoted(connectTo)} ca=${quoted(ca === undefined ? '' : `${CA_FOLDER}/${ca.key}`)}`,
    'work=$(mktemp -d)',
    `trap 'rm -rf "$work"' EXIT`,
    'deadline=$(($(date +%s) + timeout))',
  ];
  return `${settings.join('\n')}\n${FUNCTIONS}\n${targets.map(steps).join('\n')}\n`;
}
