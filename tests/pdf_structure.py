#!/usr/bin/env python3
"""Structural check of tagged PDF/A-2u, PDF/UA-1 files.

Usage: pdf_structure.py FILE...

Reads files through qpdf's JSON, so that what is checked is what another
program sees. One line for each failed check; exit 1 when there is any. No
validator of PDF/A exists in Debian: this holds files against the clauses that
a program can decide alone, and is no proof of conformance.
"""
import base64
import json
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET

FORBIDDEN_KEYS = {"/JS", "/OpenAction", "/AA", "/EmbeddedFiles", "/EF",
                  "/XFA", "/Encrypt", "/Alternates", "/OPI", "/PS", "/NeedAppearances"}
FORBIDDEN_NAMES = {"/JavaScript", "/Launch", "/LZWDecode", "/RichMedia",
                   "/Movie", "/Sound", "/ResetForm", "/ImportData", "/Hide",
                   "/SubmitForm", "/GoToR", "/EmbeddedFile", "/3D", "/PostScript"}
TYPES = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption",
         "TOC", "TOCI", "Index", "NonStruct", "Private", "P", "H", "H1", "H2",
         "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR",
         "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note",
         "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT",
         "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"}
KIDS = {"Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
        "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"}, "TR": {"TH", "TD"},
        "L": {"L", "LI", "Caption"}, "LI": {"Lbl", "LBody", "Div"},
        "TOC": {"TOC", "TOCI", "Caption"}, "Ruby": {"RB", "RT", "RP"}}
PARENTS = {"TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"},
           "TD": {"TR"}, "LI": {"L"}, "LBody": {"LI"}, "TOCI": {"TOC"},
           "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"}}
NS = {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
      "dc": "http://purl.org/dc/elements/1.1/",
      "pdf": "http://ns.adobe.com/pdf/1.3/",
      "xmp": "http://ns.adobe.com/xap/1.0/",
      "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
      "pdfuaid": "http://www.aiim.org/pdfua/ns/id/"}
PAINT = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "Tj",
         "TJ", "'", '"', "EI"}
TEXT = {"Tj", "TJ", "'", '"'}


class Pdf:
    def __init__(self, path):
        self.failures = []
        run = subprocess.run(
            ["qpdf", "--json=2", "--json-stream-data=inline",
             "--decode-level=generalized", path], capture_output=True)
        if run.returncode:
            raise ValueError("qpdf: " + run.stderr.decode(errors="replace"))
        self.objects = json.loads(run.stdout)["qpdf"][1]
        self.trailer = self.objects["trailer"]["value"]
        self.root = self.get(self.trailer.get("/Root"))

    def fail(self, text):
        self.failures.append(text)

    def get(self, v):
        """What a reference refers to, or v itself; dict of a stream."""
        if isinstance(v, str) and re.fullmatch(r"\d+ \d+ R", v):
            o = self.objects.get("obj:" + v)
            if o is None:
                return None
            return o["stream"]["dict"] if "stream" in o else o["value"]
        return v

    def data(self, ref):
        o = self.objects.get("obj:" + str(ref))
        if o is None or "stream" not in o:
            return b""
        return base64.b64decode(o["stream"].get("data", ""))


def text_of(v):
    if not isinstance(v, str):
        return None
    return v[2:] if v.startswith("u:") else v


# ------------------------------------------------------------- whole file

def check_forbidden(p):
    def walk(v, where):
        if isinstance(v, dict):
            for k, w in v.items():
                if k in FORBIDDEN_KEYS:
                    p.fail(f"{where}: forbidden key {k}")
                walk(w, where)
        elif isinstance(v, list):
            for w in v:
                walk(w, where)
        elif isinstance(v, str) and v in FORBIDDEN_NAMES:
            p.fail(f"{where}: forbidden {v}")
    for name, o in p.objects.items():
        walk(o.get("value", o.get("stream", {}).get("dict")), name)


def check_catalog(p):
    c = p.root
    if (c.get("/MarkInfo") or {}).get("/Marked") is not True:
        p.fail("catalog: MarkInfo is not Marked")
    if not text_of(c.get("/Lang")):
        p.fail("catalog: no /Lang")
    for key in ("/StructTreeRoot", "/Metadata", "/OutputIntents"):
        if p.get(c.get(key)) is None:
            p.fail(f"catalog: no {key[1:]}")
    prefs = p.get(c.get("/ViewerPreferences")) or {}
    if prefs.get("/DisplayDocTitle") is not True:
        p.fail("catalog: DisplayDocTitle is not set")
    if c.get("/Outlines") and c.get("/PageMode") != "/UseOutlines":
        p.fail("catalog: outlines are not shown")
    ids = p.trailer.get("/ID")
    if not isinstance(ids, list) or len(ids) != 2:
        p.fail("trailer: no /ID")
    for intent in p.get(c.get("/OutputIntents")) or []:
        intent = p.get(intent)
        icc = p.data(intent.get("/DestOutputProfile"))
        if intent.get("/S") != "/GTS_PDFA1" or icc[36:40] != b"acsp":
            p.fail("output intent: no PDF/A intent with an ICC profile")
        elif struct.unpack(">I", icc[:4])[0] != len(icc) or icc[8] > 4:
            p.fail("output intent: damaged ICC profile")


def check_metadata(p):
    try:
        xmp = ET.fromstring(p.data(p.root.get("/Metadata")))
    except ET.ParseError as e:
        p.fail(f"XMP: {e}")
        return
    if (p.get(p.root.get("/Metadata")) or {}).get("/Filter"):
        p.fail("XMP: is compressed")

    def said(path):
        e = xmp.find(".//" + path, NS)
        return None if e is None else "".join(e.itertext()).strip()
    for path, want in (("pdfaid:part", "2"), ("pdfaid:conformance", "U"),
                       ("pdfuaid:part", "1")):
        if said(path) != want:
            p.fail(f"XMP: {path} is {said(path)}, not {want}")
    if not said("dc:title"):
        p.fail("XMP: no dc:title")
    info = p.get(p.trailer.get("/Info")) or {}
    for key, path in (("/Title", "dc:title"), ("/Author", "dc:creator"),
                      ("/Subject", "dc:description"),
                      ("/Keywords", "pdf:Keywords"),
                      ("/Creator", "xmp:CreatorTool"),
                      ("/Producer", "pdf:Producer")):
        a, b = text_of(info.get(key)), said(path)
        if (a or "").split() != (b or "").split():
            p.fail(f"XMP: {path} {b!r} is not Info's {a!r}")
    made, xmp_made = text_of(info.get("/CreationDate")), said("xmp:CreateDate")
    if bool(made) != bool(xmp_made) or made and re.sub(
            r"\D", "", made) != re.sub(r"\D", "", xmp_made):
        p.fail(f"XMP: CreateDate {xmp_made} is not Info's {made}")


# ------------------------------------------------------------------ fonts

def tables_of(font):
    n = struct.unpack(">H", font[4:6])[0]
    return {font[12 + 16 * i:16 + 16 * i]:
            struct.unpack(">II", font[20 + 16 * i:28 + 16 * i])
            for i in range(n)}


def truetype_widths(font):
    t = tables_of(font)
    upem = struct.unpack(">H", font[t[b"head"][0] + 18:][:2])[0]
    nlong = struct.unpack(">H", font[t[b"hhea"][0] + 34:][:2])[0]
    nglyphs = struct.unpack(">H", font[t[b"maxp"][0] + 4:][:2])[0]
    at = t[b"hmtx"][0]
    raw = [struct.unpack(">H", font[at + 4 * i:at + 4 * i + 2])[0]
           for i in range(nlong)]
    raw += raw[-1:] * (nglyphs - nlong)
    return [w * 1000 / upem for w in raw]


def damaged_glyph(font):
    """The first glyph that no reader could draw, or None."""
    t = tables_of(font)
    maxp, head = t[b"maxp"][0], t[b"head"][0]
    n, _, contours = struct.unpack(">HHH", font[maxp + 4:maxp + 10])
    wide = struct.unpack(">h", font[head + 50:head + 52])[0]
    loca = t[b"loca"][0]
    at = struct.unpack(f">{n + 1}{'I' if wide else 'H'}",
                       font[loca:loca + (4 if wide else 2) * (n + 1)])
    at = [a if wide else 2 * a for a in at]
    glyf, size = t[b"glyf"]
    for gid in range(n):
        a, b = at[gid], at[gid + 1]
        if a == b:
            continue
        if b > size or b - a < 10:
            return gid
        count, = struct.unpack(">h", font[glyf + a:glyf + a + 2])
        if count > contours or count < -1:
            return gid
        if count == -1 and struct.unpack(
                ">H", font[glyf + a + 12:glyf + a + 14])[0] >= n:
            return gid
    return None


class Cff:
    """As much of CFF and Type 2 charstrings as widths need."""

    def __init__(self, b):
        self.b = b
        names, at = self.index(b[2])
        tops, at = self.index(at)
        strings, at = self.index(at)
        self.gsubrs, at = self.index(at)
        top = self.dict(tops[0])
        self.glyphs, _ = self.index(top[17][0])
        matrix = top.get(1207, [0.001])
        self.scale = 1000 * (matrix[0] or 0.001)
        if 1236 in top:  # CID-keyed: private data by FDSelect
            fds, _ = self.index(top[1236][0])
            self.private = [self.read_private(self.dict(d)) for d in fds]
            self.fd = self.read_select(top[1237][0])
        else:
            self.private = [self.read_private(top)]
            self.fd = [0] * len(self.glyphs)

    def index(self, at):
        b = self.b
        n = struct.unpack(">H", b[at:at + 2])[0]
        if n == 0:
            return [], at + 2
        size = b[at + 2]
        offs = [int.from_bytes(b[at + 3 + size * i:at + 3 + size * (i + 1)],
                               "big") for i in range(n + 1)]
        base = at + 2 + size * (n + 1)
        return [b[base + x:base + y] for x, y in zip(offs, offs[1:])], \
            base + offs[-1]

    @staticmethod
    def dict(d):
        out, args, i = {}, [], 0
        while i < len(d):
            v = d[i]
            i += 1
            if v == 12:
                out[1200 + d[i]] = args
                args, i = [], i + 1
            elif v <= 21:
                out[v] = args
                args = []
            elif v == 28:
                args.append(struct.unpack(">h", d[i:i + 2])[0])
                i += 2
            elif v == 29:
                args.append(struct.unpack(">i", d[i:i + 4])[0])
                i += 4
            elif v == 30:
                s = ""
                while not s.endswith("f"):
                    s += "%02x" % d[i]
                    i += 1
                s = s.split("f")[0].replace("a", ".").replace(
                    "c", "E-").replace("b", "E").replace("e", "-")
                args.append(float(s))
            elif v <= 246:
                args.append(v - 139)
            elif v <= 250:
                args.append((v - 247) * 256 + d[i] + 108)
                i += 1
            else:
                args.append(-(v - 251) * 256 - d[i] - 108)
                i += 1
        return out

    def read_private(self, d):
        size, at = (int(x) for x in d.get(18, [0, 0]))
        p = self.dict(self.b[at:at + size])
        subrs = self.index(at + int(p[19][0]))[0] if 19 in p else []
        return p.get(20, [0])[0], p.get(21, [0])[0], subrs

    def read_select(self, at):
        b, n = self.b, len(self.glyphs)
        if b[at] == 0:
            return list(b[at + 1:at + 1 + n])
        out, count = [], struct.unpack(">H", b[at + 1:at + 3])[0]
        for i in range(count):
            first, fd, nxt = struct.unpack(">HBH", b[at + 3 + 3 * i:][:5])
            out += [fd] * (nxt - first)
        return out

    def width(self, gid):
        default, nominal, subrs = self.private[self.fd[gid]]
        found = self.first(self.glyphs[gid], [], subrs)
        return (default if found is None else nominal + found) * self.scale

    def first(self, code, stack, subrs):
        """The extra operand before the first operator that clears the
        stack; None: there is none."""
        i, todo = 0, []
        while True:
            if i >= len(code):
                if not todo:
                    return None
                code, i = todo.pop()
                continue
            v = code[i]
            i += 1
            if v == 28:
                stack.append(struct.unpack(">h", code[i:i + 2])[0])
                i += 2
            elif 32 <= v <= 246:
                stack.append(v - 139)
            elif 247 <= v <= 250:
                stack.append((v - 247) * 256 + code[i] + 108)
                i += 1
            elif 251 <= v <= 254:
                stack.append(-(v - 251) * 256 - code[i] - 108)
                i += 1
            elif v == 255:
                stack.append(struct.unpack(">i", code[i:i + 4])[0] / 65536)
                i += 4
            elif v in (10, 29):
                table = subrs if v == 10 else self.gsubrs
                bias = 107 if len(table) < 1240 else \
                    1131 if len(table) < 33900 else 32768
                todo.append((code, i))
                code, i = table[int(stack.pop()) + bias], 0
            elif v == 11:
                code, i = todo.pop()
            elif v in (1, 3, 18, 23, 19, 20):
                return stack[0] if len(stack) % 2 else None
            elif v in (4, 22):
                return stack[0] if len(stack) > 1 else None
            elif v == 21:
                return stack[0] if len(stack) > 2 else None
            elif v == 14:
                return stack[0] if len(stack) in (1, 5) else None
            else:
                return None


def widths_of(w):
    out, i = {}, 0
    while i < len(w):
        if isinstance(w[i + 1], list):
            out.update({w[i] + k: v for k, v in enumerate(w[i + 1])})
            i += 2
        else:
            out.update({c: w[i + 2] for c in range(w[i], w[i + 1] + 1)})
            i += 3
    return out


def unicode_map(data):
    out = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.S):
        for code, to in re.findall(rb"<(\w+)>\s*<(\w*)>", block):
            out[int(code, 16)] = bytes.fromhex(to.decode())
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.S):
        for a, b, to in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for i in range(int(b, 16) - int(a, 16) + 1):
                out[int(a, 16) + i] = (int(to, 16) + i).to_bytes(
                    len(to) // 2, "big")
    return out


def check_font(p, ref, font):
    """Returns the code -> Unicode map."""
    name = font.get("/BaseFont", "?")
    kids = p.get(font.get("/DescendantFonts"))
    if font.get("/Subtype") != "/Type0" or not kids:
        p.fail(f"font {name}: is no Type0 font")
        return {}
    cid = p.get(kids[0])
    d = p.get(cid.get("/FontDescriptor")) or {}
    if not re.match(r"/[A-Z]{6}\+", name):
        p.fail(f"font {name}: is no subset")
    if font.get("/Encoding") not in ("/Identity-H", "/Identity-V"):
        p.fail(f"font {name}: encoding {font.get('/Encoding')}")
    file = d.get("/FontFile2") or d.get("/FontFile3")
    if not file:
        p.fail(f"font {name}: is not embedded")
        return {}
    if d.get("/FontName") != cid.get("/BaseFont") or not name.startswith(
            d.get("/FontName", "?")):
        p.fail(f"font {name}: names differ")
    to = unicode_map(p.data(font.get("/ToUnicode")))
    if not to:
        p.fail(f"font {name}: no ToUnicode")
    for code, text in to.items():
        if text in (b"", b"\0\0", b"\xfe\xff", b"\xff\xfe"):
            p.fail(f"font {name}: code {code} means {text.hex() or 'nothing'}")
    check_widths(p, name, cid, p.data(file), "/FontFile3" in d)
    return to


def check_widths(p, name, cid, program, cff):
    widths = widths_of(p.get(cid.get("/W")) or [])
    try:
        if cff:
            font = Cff(program)
            real = {c: font.width(c) for c in widths if c < len(font.glyphs)}
        else:
            hmtx = truetype_widths(program)
            if damaged_glyph(program) is not None:
                p.fail(f"font {name}: glyph {damaged_glyph(program)} is "
                       "damaged")
            to_gid = cid.get("/CIDToGIDMap")
            if to_gid == "/Identity" or to_gid is None:
                p.fail(f"font {name}: no CIDToGIDMap")
                return
            table = p.data(to_gid)
            gids = struct.unpack(f">{len(table) // 2}H", table)
            real = {c: hmtx[gids[c]] for c in widths}
    except (struct.error, IndexError, KeyError) as e:
        p.fail(f"font {name}: damaged program ({e!r})")
        return
    for c, w in widths.items():
        if abs(w - real.get(c, -1)) > 1:
            p.fail(f"font {name}: width of {c} is {w}, in the font "
                   f"{real.get(c)}")
            return


# ---------------------------------------------------------------- content

TOKEN = re.compile(
    rb"\s+|%[^\r\n]*|<<|>>|\[|\]|<([0-9A-Fa-f\s]*)>|\((?:\\.|[^\\()])*\)|"
    rb"/[^\s<>\[\]()/%{}]*|[^\s<>\[\]()/%{}]+", re.S)


def operators(data):
    """(operator, operands as raw tokens)"""
    args = []
    for m in TOKEN.finditer(data):
        t = m.group()
        if t.isspace() or t.startswith(b"%"):
            continue
        if t[:1] in b"/<([])>" or re.fullmatch(rb"[-+.\d]+", t) or \
                t in (b"true", b"false", b"null"):
            args.append(t)
        else:
            yield t.decode("latin-1"), args
            args = []


def check_content(p, where, data, resources, fonts, forms, marked):
    """Marks, nesting and codes. Returns MCIDs in order."""
    stack, depth, mcids, font = [], 0, [], None
    in_text = False
    names = p.get(resources.get("/Font")) or {}
    for op, args in operators(data):
        if op in ("BDC", "BMC"):
            found = re.search(rb"/MCID (\d+)", b" ".join(args))
            is_artifact = bool(args) and args[0] == b"/Artifact"
            if found:
                mcids.append(int(found.group(1)))
                if any(stack):
                    p.fail(f"{where}: MCID inside other marked content")
            stack.append(bool(found) or is_artifact)
        elif op == "EMC":
            if not stack:
                p.fail(f"{where}: EMC without BDC")
                return mcids
            stack.pop()
        elif op == "q":
            depth += 1
        elif op == "Q":
            depth -= 1
        elif op in ("BT", "ET"):
            if in_text == (op == "BT"):
                p.fail(f"{where}: {op} out of order")
            in_text = op == "BT"
        elif op == "Tf":
            font = names.get(args[0].decode())
        elif op in PAINT and not marked and not any(stack):
            p.fail(f"{where}: {op} outside marked content")
            marked = True  # said once
        if op in TEXT:
            known = fonts.get(font, {})
            for token in args:
                if not token.startswith(b"<"):
                    continue
                s = token[1:-1]
                for i in range(0, len(s), 4):
                    if int(s[i:i + 4], 16) not in known:
                        p.fail(f"{where}: code {s[i:i + 4].decode()} of "
                               f"{font} has no ToUnicode")
                        return mcids
        if op == "Do":
            x = (p.get(resources.get("/XObject")) or {}).get(args[0].decode())
            if p.get(x) is None:
                p.fail(f"{where}: no XObject {args[0].decode()}")
            elif p.get(x).get("/Subtype") == "/Form":
                forms.add(x)
    if stack:
        p.fail(f"{where}: marked content is not closed")
    if depth or in_text:
        p.fail(f"{where}: q/Q or BT/ET do not match")
    return mcids


# -------------------------------------------------------------- structure

def number_tree(p, node):
    node = p.get(node) or {}
    out = {}
    for kid in p.get(node.get("/Kids")) or []:
        out.update(number_tree(p, kid))
    nums = p.get(node.get("/Nums")) or []
    out.update(zip(nums[::2], nums[1::2]))
    return out


def attributes(p, e):
    a = p.get(e.get("/A"))
    out = {}
    for d in a if isinstance(a, list) else [a]:
        out.update(p.get(d) or {})
    return out


class Tree:
    def __init__(self, p):
        self.p = p
        self.marks = {}    # (page, MCID) -> element
        self.annots = {}   # annotation -> element
        self.heading = 0
        self.ids = set()
        root_ref = p.root.get("/StructTreeRoot")
        self.root = p.get(root_ref) or {}
        tops = self.root.get("/K")
        for ref in tops if isinstance(tops, list) else [tops]:
            e = p.get(ref)
            if e:
                if e.get("/S") != "/Document":
                    p.fail(f"structure: root is {e.get('/S')}")
                self.walk(ref, root_ref, "")
        self.parent_tree = number_tree(p, self.root.get("/ParentTree"))

    def walk(self, top, top_parent, top_type):
        todo = [(top, top_parent, top_type)]
        while todo:
            ref, parent, parent_type = todo.pop()
            e = self.p.get(ref)
            kids = self.element(ref, e, parent, parent_type)
            todo += [(k, ref, e.get("/S", "/?")[1:]) for k in reversed(kids)]

    def element(self, ref, e, parent, parent_type):
        p, s = self.p, e.get("/S", "/?")[1:]
        where = f"structure {ref} {s}"
        if s not in TYPES:
            p.fail(f"{where}: is no standard type")
        if e.get("/P") != parent:
            p.fail(f"{where}: /P is not its parent")
        if s in PARENTS and parent_type not in PARENTS[s]:
            p.fail(f"{where}: stands in {parent_type}")
        k = e.get("/K")
        k = k if isinstance(k, list) else [] if k is None else [k]
        if not k and s not in ("TD", "TH", "Document"):
            p.fail(f"{where}: is empty")
        kids = []
        for kid in k:
            d = p.get(kid)
            if isinstance(kid, int):
                self.mark(where, e.get("/Pg"), kid, ref)
            elif d.get("/Type") == "/MCR":
                self.mark(where, d.get("/Pg"), d.get("/MCID"), ref)
            elif d.get("/Type") == "/OBJR":
                self.annots[d.get("/Obj")] = ref
            else:
                kids.append(kid)
                t = d.get("/S", "/?")[1:]
                if s in KIDS and t not in KIDS[s]:
                    p.fail(f"{where}: holds {t}")
        self.rules(where, s, e, kids)
        return kids

    def mark(self, where, page, mcid, ref):
        if (page, mcid) in self.marks:
            self.p.fail(f"{where}: MCID {mcid} of {page} belongs to two")
        self.marks[page, mcid] = ref

    def rules(self, where, s, e, kids):
        p, a = self.p, attributes(self.p, e)
        if s in ("Figure", "Formula") and not text_of(e.get("/Alt")):
            p.fail(f"{where}: no Alt")
        if s == "Figure" and len(a.get("/BBox") or []) != 4:
            p.fail(f"{where}: no BBox")
        if s == "TH" and a.get("/Scope") not in ("/Row", "/Column", "/Both"):
            p.fail(f"{where}: no Scope")
        if s == "Note":
            if not e.get("/ID") or e["/ID"] in self.ids:
                p.fail(f"{where}: no ID of its own")
            self.ids.add(e.get("/ID"))
        level = re.fullmatch(r"H([1-6])", s)
        if level:
            if int(level.group(1)) > self.heading + 1:
                p.fail(f"{where}: follows H{self.heading}")
            self.heading = int(level.group(1))
        if s in ("Table", "THead", "TBody", "TFoot"):
            self.rows(where, s, kids)

    def rows(self, where, s, kids):
        """Rows of one table part are equally long."""
        p, widths, open_cells = self.p, set(), []
        for ref in kids:
            row = p.get(ref)
            if row.get("/S") != "/TR":
                continue
            width = sum(c for c, _ in open_cells)
            open_cells = [(c, r - 1) for c, r in open_cells if r > 1]
            k = row.get("/K") or []
            for cell in k if isinstance(k, list) else [k]:
                cell = p.get(cell)
                if not isinstance(cell, dict):
                    continue
                a = attributes(p, cell)
                cols, rows = a.get("/ColSpan", 1), a.get("/RowSpan", 1)
                width += cols
                if rows > 1:
                    open_cells.append((cols, rows - 1))
            widths.add(width)
        if len(widths) > 1:
            p.fail(f"{where}: rows of {sorted(widths)} cells")


def pages_of(p):
    out, todo = [], [p.root.get("/Pages")]
    while todo:
        ref = todo.pop()
        node = p.get(ref) or {}
        if node.get("/Type") == "/Pages":
            todo += reversed(node.get("/Kids") or [])
        else:
            out.append(ref)
    return out


def check_annotations(p, tree, number, page):
    annots = p.get(page.get("/Annots")) or []
    if annots and page.get("/Tabs") != "/S":
        p.fail(f"page {number}: Tabs is not S")
    for ref in annots:
        a = p.get(ref)
        where = f"page {number} annotation {ref}"
        kind = a.get("/Subtype")
        if kind not in ("/Link", "/Widget"):
            p.fail(f"{where}: {kind}")
        if a.get("/F", 0) & 4 == 0 or a.get("/F", 0) & 0x23:
            p.fail(f"{where}: flags {a.get('/F')}")
        if kind == "/Link" and not text_of(a.get("/Contents")):
            p.fail(f"{where}: no Contents")
        if kind == "/Link" and not (a.get("/Dest") or a.get("/A")):
            p.fail(f"{where}: leads nowhere")
        if kind == "/Widget" and not (a.get("/AP") and a.get("/TU")):
            p.fail(f"{where}: no appearance or TU")
        key = a.get("/StructParent")
        if key is None or tree.parent_tree.get(key) is None or \
                tree.annots.get(ref) != tree.parent_tree.get(key):
            p.fail(f"{where}: is not in the structure")


def check_pages(p, tree, fonts):
    forms, done, expected = set(), set(), {}
    for page_ref, mcid in tree.marks:
        expected.setdefault(page_ref, set()).add(mcid)
    for number, ref in enumerate(pages_of(p), 1):
        page = p.get(ref)
        contents = page.get("/Contents")
        data = b"\n".join(p.data(c) for c in (
            contents if isinstance(contents, list) else [contents]))
        mcids = check_content(p, f"page {number}", data,
                              p.get(page.get("/Resources")) or {}, fonts,
                              forms, False)
        if len(set(mcids)) != len(mcids):
            p.fail(f"page {number}: an MCID occurs twice")
        row = p.get(tree.parent_tree.get(page.get("/StructParents"))) or []
        for mcid in mcids:
            want = tree.marks.get((ref, mcid))
            if want is None or mcid >= len(row) or row[mcid] != want:
                p.fail(f"page {number}: MCID {mcid} has no element, or the "
                       "ParentTree names another")
                break
        for mcid in expected.get(ref, set()) - set(mcids):
            p.fail(f"page {number}: MCID {mcid} is not on the page")
            break
        check_annotations(p, tree, number, page)
    while forms - done:
        form = (forms - done).pop()
        done.add(form)
        d = p.get(form)
        if check_content(p, f"form {form}", p.data(form),
                         p.get(d.get("/Resources")) or {}, fonts, forms, True):
            p.fail(f"form {form}: has MCIDs")


def check_images(p):
    for name, o in p.objects.items():
        d = o.get("stream", {}).get("dict", {})
        if d.get("/Subtype") != "/Image":
            continue
        if d.get("/Interpolate"):
            p.fail(f"image {name}: Interpolate")
        if d.get("/ColorSpace") == "/DeviceCMYK":
            p.fail(f"image {name}: DeviceCMYK under an RGB intent")


def check(path):
    p = Pdf(path)
    check_forbidden(p)
    check_catalog(p)
    check_metadata(p)
    check_images(p)
    fonts = {}
    for name, o in p.objects.items():
        v = o.get("value")
        if isinstance(v, dict) and v.get("/Type") == "/Font" and \
                not str(v.get("/Subtype")).startswith("/CIDFont"):
            fonts[name[4:]] = check_font(p, name, v)
    check_pages(p, Tree(p), fonts)
    return p.failures


def main(paths):
    if not paths:
        print(__doc__)
        return 64
    bad = 0
    for path in paths:
        try:
            failures = check(path)
        except (ValueError, OSError) as e:
            failures = [str(e)]
        for f in failures[:40]:
            print(f"{path}: {f}")
        if len(failures) > 40:
            print(f"{path}: and {len(failures) - 40} more")
        bad += bool(failures)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
