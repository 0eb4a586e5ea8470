#!/bin/sh
# The embedded Toxiproxy behind the real one's flags: -config is read here, and handed to its API.
config=
for flag in "$@"; do
  case $flag in -config=*) config=${flag#-config=} ;; esac
done
node /toxiproxy-server/main.js -host 0.0.0.0 &
until wget -q -O /dev/null http://127.0.0.1:8474/version; do sleep 0.1; done
wget -q -O /dev/null --header 'content-type: application/json' --post-data "$(cat "$config")" http://127.0.0.1:8474/populate
wait
