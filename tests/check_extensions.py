#!/usr/bin/python3
"""What the fox: extensions move and size, read back from the PDF.

    check_extensions.py PROGRAM [BUILD]

fox:transform of a container against the place of the same word without it, and
the size of a background image against what was asked for. Last line
'N passed, M failed'.
"""
import os
import re
import subprocess
import sys
import tempfile

import tally

MARK = os.path.join(tally.HERE, 'cases/backgrounds/mark.png')
NEAR = 0.1

FO = '''<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xml:lang="en"
 xmlns:fox="http://xmlgraphics.apache.org/fop/extensions">
<fo:layout-master-set><fo:simple-page-master master-name="a"
 page-width="300pt" page-height="200pt"><fo:region-body margin="60pt"/></fo:simple-page-master>
</fo:layout-master-set><fo:page-sequence master-reference="a">
<fo:flow flow-name="xsl-region-body">%s</fo:flow></fo:page-sequence></fo:root>'''
BOX = '<fo:block-container %s width="100pt" height="30pt">' \
      '<fo:block>word</fo:block></fo:block-container>'
ABSOLUTE = 'absolute-position="absolute" left="30pt" top="10pt" '


def pdf_of(program, folder, body):
    source, pdf = folder + '/x.fo', folder + '/x.pdf'
    with open(source, 'w') as f:
        f.write(FO % body)
    p = subprocess.run([program, 'format', source, '-o', pdf],
                       capture_output=True, text=True)
    return pdf if p.returncode == 0 and not p.stderr else None


def word_at(program, folder, body):
    pdf = pdf_of(program, folder, body)
    text = subprocess.run(['pdftotext', '-bbox', pdf, '-'],
                          capture_output=True, text=True).stdout
    return [float(x) for x in re.search(
        r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">word', text)
        .groups()]


def image_size(program, folder, body):
    """Width and height of what the background image is drawn as."""
    pdf = pdf_of(program, folder, body)
    page = subprocess.run(['qpdf', '--qdf', pdf, '-'],
                          capture_output=True).stdout.decode('latin-1')
    m = re.search(r'([\d.]+) 0 0 -?([\d.]+) [-\d.]+ [-\d.]+ cm\s+/\w+ Do', page)
    return [float(m.group(1)), float(m.group(2))]


# Lists of transforms, and where they take a point, from the container's corner.
TRANSFORMS = [
    ('translate(50, 20)', lambda x, y: (x + 50, y + 20)),
    ('scale(2)', lambda x, y: (2 * x, 2 * y)),
    ('rotate(90)', lambda x, y: (-y, x)),
    ('translate(10 5) rotate(-90)', lambda x, y: (10 + y, 5 - x)),
    ('matrix(1 0 0 1 3 4)', lambda x, y: (x + 3, y + 4)),
    ('none', lambda x, y: (x, y)),
    ('rotate(1e999)', lambda x, y: (x, y)),  # no number: nothing happens
]
SIZES = [  # attributes, width and height (the picture is as wide as high)
    ('fox:background-image-width="30pt"', [30, 30]),
    ('fox:background-image-height="12pt"', [12, 12]),
    ('fox:background-image-width="30pt" fox:background-image-height="10pt"',
     [30, 10]),
]


def moved(box, corner, to):
    xs, ys = zip(*(to(x - corner[0], y - corner[1])
                   for x in box[::2] for y in box[1::2]))
    return [min(xs) + corner[0], min(ys) + corner[1],
            max(xs) + corner[0], max(ys) + corner[1]]


def near(a, b):
    return all(abs(x - y) < NEAR for x, y in zip(a, b))


def check(name, want, got):
    tally.check(name, '' if near(want, got) else
                'want %s, got %s' % (want, got))


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        for place, corner in (('', (60, 60)), (ABSOLUTE, (90, 70))):
            plain = word_at(program, folder, BOX % place)
            for text, to in TRANSFORMS:
                check(place + text, moved(plain, corner, to),
                      word_at(program, folder,
                              BOX % (place + 'fox:transform="%s"' % text)))
        for attributes, want in SIZES:
            check(attributes, want, image_size(
                program, folder, '<fo:block background-repeat="no-repeat" '
                'background-image="url(%s)" %s>x</fo:block>'
                % (MARK, attributes)))
    return tally.end()


sys.exit(main())
