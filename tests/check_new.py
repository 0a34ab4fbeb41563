#!/usr/bin/python3
"""Skeletons that bunsho new and init write: they pass the grammar, and every
element and attribute of the grammar stands in them, in use or explained.

    check_new.py PROGRAM [BUILD]

An attribute counts as named where its own element is spoken of: in a start tag
of it, or in a comment as NAME/@ATTRIBUTE or in a start tag within a comment.
Last line 'N passed, M failed'.
"""
import os
import re
import subprocess
import sys
import tempfile

from lxml import etree

import tally
from tally import HERE, check


RNG = '{http://relaxng.org/ns/structure/1.0}'


def attributes(schema):
    """Names of elements, and (element, attribute) of each; definitions are
    followed as far as the element's own content goes."""
    defines = {d.get('name'): d for d in schema.iter(RNG + 'define')}
    found = {}

    def walk(node, owner, seen):
        for n in node:
            if not isinstance(n.tag, str):
                continue
            tag = n.tag.replace(RNG, '')
            if tag == 'element':
                found.setdefault(n.get('name'), set())
                walk(n, n.get('name'), seen)
            elif tag == 'attribute':
                found[owner].add(n.get('name'))
            elif tag == 'ref':
                name = n.get('name')
                inner = defines[name]
                first = inner.find(RNG + 'element')
                if first is None and (owner, name) not in seen:
                    seen.add((owner, name))
                    walk(inner, owner, seen)
            else:
                walk(n, owner, seen)

    for d in defines.values():
        if d.find(RNG + 'element') is not None:
            walk(d, None, set())
    return found


def named(text):
    """Elements with the attributes that stand in their start tags, comments
    included, and what comments name as element/@attribute."""
    have = {}
    for m in re.finditer(r'<([a-z][a-z-]*)((?:\s+[a-z-]+="[^"]*")*)\s*/?>', text):
        have.setdefault(m.group(1), set()).update(
            re.findall(r'([a-z-]+)="', m.group(2)))
    for m in re.finditer(r'([a-z][a-z-]*)/@([a-z-]+)', text):
        have.setdefault(m.group(1), set()).add(m.group(2))
    return have


def skeleton(name, path, schema):
    text = open(path, encoding='utf-8').read()
    grammar = '%s/../schemas/%s.rng' % (HERE, schema)
    done = subprocess.run(['jing', grammar, path], capture_output=True,
                          text=True)
    check(name + ' follows the grammar', done.stdout if done.returncode else '')
    want, have = attributes(etree.parse(grammar)), named(text)
    for element in sorted(want):
        if element not in have:
            check(name, 'element %s is not explained' % element)
            continue
        lacks = sorted(want[element] - have[element])
        check('%s %s' % (name, element),
              'not explained: @' + ', @'.join(lacks) if lacks else '')


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        for kind, schema in (('case', 'certification-case'),
                             ('kit', 'client-kit')):
            path = '%s/%s.xml' % (folder, kind)
            done = subprocess.run([program, 'new', kind, path],
                                  capture_output=True, text=True)
            check('new ' + kind, done.stderr)
            skeleton(kind, path, schema)
            again = subprocess.run([program, 'new', kind, path, '--lang', 'en'],
                                   capture_output=True, text=True)
            check('new %s twice' % kind, '' if again.returncode == 73 and
                  '[exists]' in again.stderr else again.stderr)
        done = subprocess.run([program, 'init', folder + '/house'],
                              capture_output=True, text=True)
        check('init', done.stderr if done.returncode else '')
        for name, schema in (('body', 'body-profile'),
                             ('auditors', 'auditor-register'),
                             ('house', 'house')):
            skeleton(name, '%s/house/%s.xml' % (folder, name), schema)
    return tally.end()


if __name__ == '__main__':
    raise SystemExit(main())
