#!/bin/sh
# Makes sure a Chromium is there for the browser tests: one that is installed, else Debian's package.
for name in "$CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
echo "Tests in a browser need Chromium: install the package 'chromium', or set CHROMIUM to its path." >&2
exit 1
