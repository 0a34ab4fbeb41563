/* element.c - <bn:field>, and bn:field(): data printed with its place. */
#include "transform/functions.h"

#include <string.h>

#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>
#include <libxslt/templates.h>
#include <libxslt/xsltutils.h>

#include "transform/numeral.h"

static const char name[] = "bn:field";

static const char *
take(bn_arena *a, bn_buf *b)
{
    const char *s = bn_arena_strdup(a, b->p ? b->p : "");

    bn_buf_free(b);
    return s;
}

static const char *
refuse(struct run *r, bn_code code, bn_loc at, const char *value)
{
    run_fail(r, code, at, name, value);
    return NULL;
}

static const char *
number_text(struct run *r, bn_arena *a, const char *value, const char *form,
            const char *behind, bn_loc at)
{
    enum numeral_fault bad;
    bn_buf out = {0};

    if (numeral_write(value, form, &out, &bad)) {
        bn_buf_adds(&out, behind);
        return take(a, &out);
    }
    bn_buf_free(&out);
    if (bad == NUMERAL_FORM)
        return refuse(r, BN_EFORM, at, form);
    return refuse(r, BN_ENUMERAL, at, value);
}

static const char *
date_text(struct run *r, bn_arena *a, const char *value, const char *form,
          const char *clock, bn_loc at)
{
    struct date d;
    bn_buf out = {0};

    if (!date_read(value, &d))
        return refuse(r, BN_EDATE, at, value);
    if (!date_write(&d, form, &out))
        return refuse(r, BN_EFORM, at, form);
    if (clock && d.hour >= 0)
        time_write(&d, clock, &out);
    return take(a, &out);
}

static const char *
time_text(struct run *r, bn_arena *a, const char *value, bn_loc at)
{
    struct date d;
    bn_buf out = {0};

    if (!time_read(value, &d))
        return refuse(r, BN_EDATE, at, value);
    time_write(&d, "full", &out);
    return take(a, &out);
}

const char *
field_text(struct run *r, bn_arena *a, const char *value, const char *form,
           bn_loc at)
{
    if (*form == '\0' || strcmp(form, "text") == 0)
        return value;
    if (strncmp(form, "number:", 7) == 0)
        return number_text(r, a, value, form + 7, "", at);
    if (strcmp(form, "yen") == 0)
        return number_text(r, a, value, "comma", "円", at);
    if (strncmp(form, "label:", 6) == 0) {
        const char *ja = label_find(form + 6, value);

        return ja ? ja : refuse(r, BN_EFORM, at, value);
    }
    if (strcmp(form, "datetime") == 0)
        return date_text(r, a, value, "wareki", "full", at);
    if (strcmp(form, "time") == 0)
        return time_text(r, a, value, at);
    return date_text(r, a, value, form, NULL, at);
}

xmlXPathObjectPtr
fn_field(struct call *k)
{
    const xmlNodeSetPtr set = call_nodes(k, 0);
    const bn_loc at =
        run_place(k->r, set ? set->nodeTab[0] : k->c->context->node);
    const char *text;

    if (call_is_empty(k, 0))
        return call_fail(k, BN_ENOVALUE, call_text(k, 1));
    text = field_text(k->r, k->a, call_text(k, 0), call_text(k, 1), at);
    return text ? give_text(text) : NULL;
}

/* --------------------------------------------------------- the element */

/* select evaluated in the transform's state, with the namespaces in scope. */
static xmlXPathObjectPtr
select_value(xsltTransformContextPtr x, struct run *r, xmlNodePtr node,
             xmlNodePtr inst, const char *expression)
{
    xmlXPathContextPtr c = x->xpathCtxt;
    xmlXPathCompExprPtr e = run_compile(r, expression);
    xmlNodePtr const kept_node = c->node;
    xmlDocPtr const kept_doc = c->doc;
    xmlNsPtr *const kept_ns = c->namespaces;
    const int kept_n = c->nsNr, kept_size = c->contextSize,
              kept_at = c->proximityPosition;
    xmlNsPtr *ns = xmlGetNsList(inst->doc, inst);
    xmlXPathObjectPtr value = NULL;

    c->node = node;
    c->doc = node->doc;
    c->namespaces = ns;
    c->nsNr = 0;
    while (ns && ns[c->nsNr])
        c->nsNr++;
    if (e)
        value = xmlXPathCompiledEval(e, c);
    c->node = kept_node;
    c->doc = kept_doc;
    c->namespaces = kept_ns;
    c->nsNr = kept_n;
    c->contextSize = kept_size;
    c->proximityPosition = kept_at;
    xmlFree(ns);
    return value;
}

struct field {
    xsltTransformContextPtr x;
    struct run *r;
    bn_arena *a;
    const char *form, *label;
    bool blank;
};

/* One <span>; text NULL: nothing to print. */
static void
add_span(const struct field *f, const char *text, bn_place place)
{
    xmlNodePtr span =
        xmlNewDocNode(f->x->output, f->x->insert->ns, BAD_CAST "span", NULL);
    char at[24];

    if (span == NULL)
        return;
    xmlAddChild(f->x->insert, span);
    if (text == NULL)
        xmlNewProp(span, BAD_CAST "class",
                   BAD_CAST(f->blank ? "fill" : "missing"));
    if (place) {
        bn_place_write(place, at);
        xmlNewProp(span, BAD_CAST "data-at", BAD_CAST at);
    }
    if (*f->label)
        xmlNewProp(span, BAD_CAST "data-label", BAD_CAST f->label);
    if (text)
        xmlAddChild(span, xmlNewDocText(f->x->output, BAD_CAST text));
}

static bool
is_blank(const char *s)
{
    return s[strspn(s, " \t\r\n")] == '\0';
}

static void
add_value(const struct field *f, const char *value, xmlNodePtr from)
{
    const bn_loc at = run_place(f->r, from);
    const bn_place place =
        from && from->type != XML_NAMESPACE_DECL ? bn_place_of(from) : 0;
    const char *text =
        is_blank(value) ? NULL : field_text(f->r, f->a, value, f->form, at);

    if (!f->r->failed)
        add_span(f, text, place);
}

static void
add_nodes(const struct field *f, xmlNodeSetPtr set, const char *between)
{
    xmlXPathNodeSetSort(set);
    for (int i = 0; i < set->nodeNr && !f->r->failed; i++) {
        xmlChar *s = xmlXPathCastNodeToString(set->nodeTab[i]);

        if (i > 0)
            xmlAddChild(f->x->insert,
                        xmlNewDocText(f->x->output, BAD_CAST between));
        add_value(f, bn_arena_strdup(f->a, s ? (const char *)s : ""),
                  set->nodeTab[i]);
        xmlFree(s);
    }
}

/* An attribute of the instruction, with {…} filled in. */
static const char *
attribute(xsltTransformContextPtr x, bn_arena *a, xmlNodePtr inst,
          const char *which, const char *fallback)
{
    xmlChar *s = xsltEvalAttrValueTemplate(x, inst, BAD_CAST which, NULL);
    const char *copy = s ? bn_arena_strdup(a, (const char *)s) : fallback;

    xmlFree(s);
    return copy;
}

static void
write_field(xsltTransformContextPtr x, xmlNodePtr node, xmlNodePtr inst,
            xsltElemPreCompPtr comp)
{
    struct run *r = x->_private;
    bn_arena *a = bn_arena_new();
    xmlChar *select = xmlGetNoNsProp(inst, BAD_CAST "select");
    struct field f = {.x = x, .r = r, .a = a};
    xmlXPathObjectPtr value = NULL;

    (void)comp;
    f.form = attribute(x, a, inst, "form", "");
    f.label = attribute(x, a, inst, "label", "");
    f.blank = strcmp(attribute(x, a, inst, "blank", ""), "yes") == 0;
    if (select == NULL)
        run_fail(r, BN_ENOVALUE, run_place(r, inst), name, "select");
    else
        value = select_value(x, r, node, inst, (const char *)select);
    if (value && value->type == XPATH_NODESET && value->nodesetval &&
        value->nodesetval->nodeNr > 0) {
        add_nodes(&f, value->nodesetval,
                  attribute(x, a, inst, "between", "、"));
    } else if (value) {
        xmlChar *s = xmlXPathCastToString(value);

        add_value(&f, bn_arena_strdup(a, (const char *)s), node);
        xmlFree(s);
    }
    xmlXPathFreeObject(value);
    xmlFree(select);
    bn_arena_free(a);
    if (r->failed)
        x->state = XSLT_STATE_STOPPED;
}

void
elements_register(xsltTransformContextPtr x)
{
    xsltRegisterExtElement(x, BAD_CAST "field", BAD_CAST BN_FUNCTIONS,
                           write_field);
}
