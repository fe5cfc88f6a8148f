# SPDX-License-Identifier: MIT
# Who lives, and where.
# shellcheck shell=bash

descendants() {
	local child children
	read -r -a children < <(cat /proc/"$1"/task/*/children 2>/dev/null) || true
	for child in "${children[@]}"; do
		echo "$child"
		descendants "$child"
	done
}

# Whether some process lives in that network namespace.
inhabited() {
	local at
	for at in /proc/[0-9]*/ns/net; do
		[ "$(readlink "$at" 2>/dev/null)" != "$1" ] || return 0
	done
	return 1
}
