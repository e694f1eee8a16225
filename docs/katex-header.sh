#!/usr/bin/env bash
# Writes docs/katex-header.html: KaTeX and its auto-render extension inline, and the script that sets the formulas.
# Needs npm, once, when KaTeX changes; the header is committed.
set -euo pipefail
cd "$(dirname "$0")"
version=0.16.47
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && npm pack --silent "katex@$version" >/dev/null && tar xzf "katex-$version.tgz")
{
    echo "<!-- KaTeX $version, https://katex.org"
    sed 's/--/- -/g' "$folder/package/LICENSE"
    echo "-->"
    for script in katex.min.js contrib/auto-render.min.js; do
        echo "<script>"
        sed 's#</script#<\\/script#g' "$folder/package/dist/$script"
        echo "</script>"
    done
    echo "<script>"
    cat formulas.js
    echo "</script>"
    echo "<style>math[display=block] { margin: 0.8em 0; }</style>"
} > katex-header.html
