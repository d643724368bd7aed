#!/bin/sh
# Runs the job, with its state in a bucket: for runners that begin with an empty disk.
#
#   STATE_URL=s3://bucket/state job.sh legacy-endpoint-audit.config.yaml
#
# The exit code is that of the tool. STATE_FOLDER is the `state` of the config; `state` by default.
# Two jobs must not share a state at a time: let the scheduler see to that.
set -eu
config=$1
state=${STATE_FOLDER:-state}

aws s3 sync --only-show-errors --delete "$STATE_URL" "$state"

code=0
legacy-endpoint-audit run "$config" || code=$?

# A run that could not be written, or was interrupted, has left the state as it was.
if [ -e "$state/state.json" ]; then
  # state.json names the other files: it goes when they are there, and old ones go after it.
  aws s3 sync --only-show-errors --exclude state.json "$state" "$STATE_URL"
  aws s3 cp --only-show-errors "$state/state.json" "$STATE_URL/state.json"
  aws s3 sync --only-show-errors --delete "$state" "$STATE_URL"
fi
exit "$code"
