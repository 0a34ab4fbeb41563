#!/bin/sh
# seeds.sh NAME - the inputs that target NAME begins with: its corpus, and what
# the tests and samples hold of its kind. Run from the top of the tree.
set -u
NAME=$1
case $1 in
xml) set -- tests/attack/*/*.xml tests/cases/*/*.xml samples/kits/*.xml ;;
fo) set -- tests/cases/*/*.fo ;;
template) set -- templates/D4*.md tests/cases/*/templates/*.md ;;
case) set -- samples/cases/*.xml samples/kits/*.xml ;;
law) set -- samples/laws/*.xml criteria/m*.xml tests/cases/law-*/*.xml ;;
*) set -- ;;
esac
for f in "$@" fuzz/corpus/"$NAME"/*; do
    [ -f "$f" ] && echo "$f"
done
exit 0
