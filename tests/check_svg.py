#!/usr/bin/python3
"""check_svg.py PROGRAM BUILD - SVG pictures as programs write them, drawn.

tests/svg/NAME.svg are pictures as drawing programs, chart libraries and
people write them; NAME.grid is what they look like: the mean colours of the
cells of a grid, six hexadecimal digits each. The first line says whose eyes
saw it: librsvg's, which is not ours, or our own where librsvg cannot draw
what is there (text on paths and in vertical lines, clips on clips), looked
at by a person.

check_svg.py --renew librsvg|ours PROGRAM NAME... writes grids anew.
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "svg")
CELLS, CELL = 24, 10  # along the longer side; pixels a cell
MEAN, MOST = 3.0, 56  # of the differences between cells, of 255

FO = """<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format">
<fo:layout-master-set><fo:simple-page-master master-name="a"
 page-width="{w}pt" page-height="{h}pt"><fo:region-body/>
</fo:simple-page-master></fo:layout-master-set>
<fo:page-sequence master-reference="a"><fo:flow flow-name="xsl-region-body">
<fo:block line-height="0pt" font-size="0pt"><fo:external-graphic
 src="{src}" width="{w}pt" height="{h}pt" content-width="{w}pt"
 content-height="{h}pt" scaling="non-uniform"/></fo:block></fo:flow>
</fo:page-sequence></fo:root>
"""


def read_ppm(data):
    fields, at = [], 0
    while len(fields) < 4:
        end = at
        while data[end:end + 1] not in (b" ", b"\n", b"\t"):
            end += 1
        fields.append(data[at:end])
        at = end + 1
    return int(fields[1]), int(fields[2]), data[at:]


def grid_of(ppm):
    width, height, pixels = read_ppm(ppm)
    rows = []
    for top in range(0, height, CELL):
        row = []
        for left in range(0, width, CELL):
            total, n = [0, 0, 0], 0
            for y in range(top, min(top + CELL, height)):
                for x in range(left, min(left + CELL, width)):
                    at = 3 * (y * width + x)
                    for k in range(3):
                        total[k] += pixels[at + k]
                    n += 1
            row.append([t // n for t in total])
        rows.append(row)
    return rows


def text_of(rows):
    return "\n".join(" ".join("%02x%02x%02x" % tuple(c) for c in row)
                     for row in rows)


def size_of(path):
    """Width to height, as the largest side of a grid takes them."""
    from lxml import etree
    root = etree.parse(path, etree.XMLParser(load_dtd=False)).getroot()
    box = [float(v) for v in root.get("viewBox", "").replace(",", " ").split()]
    if not box:
        box = [0, 0] + [float(root.get(k).rstrip("px")) for k in
                        ("width", "height")]
    scale = CELLS * CELL / max(box[2], box[3])
    return max(round(box[2] * scale), 1), max(round(box[3] * scale), 1)


def ours(program, path, folder):
    """The picture as pixels, and what the program said."""
    w, h = size_of(path)
    fo, pdf = os.path.join(folder, "a.fo"), os.path.join(folder, "a.pdf")
    with open(fo, "w", encoding="utf-8") as f:
        f.write(FO.format(w=w, h=h, src=path))
    run = subprocess.run([program, "format", fo, "-o", pdf, "--root", HERE],
                         capture_output=True, text=True)
    ppm = subprocess.run(["pdftoppm", "-r", "72", "-scale-to-x", str(w),
                          "-scale-to-y", str(h), pdf], capture_output=True)
    return ppm.stdout, run.stderr


def librsvg(path, folder):
    w, h = size_of(path)
    png = os.path.join(folder, "a.png")
    subprocess.run(["rsvg-convert", "-b", "white", "-w", str(w), "-h", str(h),
                    "-o", png, path], check=True)
    return subprocess.run(["pngtopnm", png], capture_output=True,
                          check=True).stdout


def names():
    return sorted(f[:-4] for f in os.listdir(FOLDER) if f.endswith(".svg"))


def check(program, name, folder):
    path = os.path.join(FOLDER, name + ".svg")
    with open(os.path.join(FOLDER, name + ".grid")) as f:
        want = [[[int(c[i:i + 2], 16) for i in (0, 2, 4)]
                 for c in line.split()] for line in f.readlines()[1:]]
    ppm, said = ours(program, path, folder)
    if said:
        return "says " + said.strip()
    if not ppm.startswith(b"P6"):
        return "no picture"
    got = grid_of(ppm)
    if [len(r) for r in got] != [len(r) for r in want]:
        return "another size"
    off = [(max(abs(a - b) for a, b in zip(c, d)), x, y)
           for y, (r, s) in enumerate(zip(got, want))
           for x, (c, d) in enumerate(zip(r, s))]
    mean, most = sum(o[0] for o in off) / len(off), max(off)
    if mean > MEAN or most[0] > MOST:
        return "differs by %.1f in the mean, by %d at %d,%d" % ((mean,) + most)
    return None


def renew(who, program, which):
    with tempfile.TemporaryDirectory() as folder:
        for name in which:
            path = os.path.join(FOLDER, name + ".svg")
            ppm = (librsvg(path, folder) if who == "librsvg"
                   else ours(program, path, folder)[0])
            with open(os.path.join(FOLDER, name + ".grid"), "w") as f:
                f.write(who + "\n" + text_of(grid_of(ppm)) + "\n")


def main():
    if sys.argv[1] == "--renew":
        renew(sys.argv[2], os.path.abspath(sys.argv[3]), sys.argv[4:])
        return 0
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in names():
            why = check(os.path.abspath(sys.argv[1]), name, folder)
            if why:
                print("FAIL %s: %s" % (name, why))
                failed += 1
            else:
                passed += 1
    print("%d passed, %d failed" % (passed, failed))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
