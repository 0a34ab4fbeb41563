/* fields.c - a catalogue entry with the values of its fields filled in. */
#include <libxml/tree.h>
#include <string.h>

#include "content/internal.h"

#define TEXT(s) ((const xmlChar *)(s))

/* An entry's field or group as it is filled for one node. */
typedef struct filling {
    making *m;
    bn_node *context;
} filling;

static void fill_children(filling f, const xmlNode *from, xmlNode *to);

static bool
is_blank_text(const char *s)
{
    for (; *s; s++) {
        if (strncmp(s, "\xE3\x80\x80", 3) == 0) { /* full-width space */
            s += 2;
            continue;
        }
        if (*s != ' ' && *s != '\t' && *s != '\n' && *s != '\r')
            return false;
    }
    return true;
}

static void
set_at(xmlNode *node, bn_place place)
{
    char text[24];

    node->_private = (void *)(uintptr_t)place;
    if (place == 0)
        return;
    bn_place_write(place, text);
    xmlSetProp(node, TEXT("at"), TEXT(text));
}

static bool
has_elements(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE && first_element(node, NULL) != NULL;
}

/* One <value>; false when the node says nothing. */
static bool
add_node(xmlNode *field, const bn_node *node)
{
    xmlChar *text = xmlNodeGetContent((xmlNode *)node);
    const bool some =
        text && (has_elements(node) || !is_blank_text((const char *)text));
    xmlNode *value;

    if (some) {
        value = xmlNewChild(field, NULL, TEXT("value"), NULL);
        set_at(value, bn_place_of(node));
        if (has_elements(node))
            for (const xmlNode *n = node->children; n; n = n->next)
                graft(value, n);
        else
            xmlNodeAddContent(value, text);
    }
    xmlFree(text);
    return some;
}

static bool
add_string(filling f, xmlNode *field, const char *expression, bn_loc at)
{
    const char *text = "";
    bn_place place = 0;
    bn_err err = {0};
    xmlNode *value;

    if (bn_xpath_value(f.m->job->transform, f.m->job->arena, f.m->input,
                       f.context, expression, at, &text, &place, &err)) {
        if (f.m->job->blank) /* a date of nothing, and the like */
            return false;
        tell(f.m, &err);
        return true; /* told already */
    }
    if (is_blank_text(text))
        return false;
    value = xmlNewChild(field, NULL, TEXT("value"), NULL);
    set_at(value, place);
    xmlNodeAddContent(value, TEXT(text));
    return true;
}

/* The nodes that an expression selects; -1 when it is a string or number. */
static int
select_nodes(filling f, const char *expression, bn_loc at, bn_node ***nodes)
{
    size_t n = 0;
    bn_err err = {0};

    if (bn_xpath_nodes(f.m->job->transform, f.m->job->arena, f.m->input,
                       f.context, expression, at, nodes, &n, &err))
        return -1;
    return (int)n;
}

/* Does a field with a condition apply here? */
static bool
applies(filling f, const xmlNode *field)
{
    const char *when = attribute(f.m->job->arena, field, "when");
    bool yes = true;
    bn_err err = {0};

    if (f.m->job->blank) /* who fills it in will know */
        return true;
    if (when && bn_xpath_true(f.m->job->transform, f.m->input, f.context, when,
                              bn_at(bn_place_of(field)), &yes, &err)) {
        tell(f.m, &err);
        return false;
    }
    return yes;
}

static void
tell_empty(filling f, const xmlNode *field)
{
    bn_arena *a = f.m->job->arena;
    const char *provision = attribute(a, field, "provision");
    const char *label = attribute(a, field, "label");

    tell_rule(f.m, "R151", provision ? provision : f.m->paper->entry->provision,
              bn_arena_printf(a, "%s: %sが未記入です。",
                              f.m->paper->entry->title_ja, label),
              bn_at(bn_place_of(f.context)));
}

static void
fill_field(filling f, xmlNode *field)
{
    const char *xpath = attribute(f.m->job->arena, field, "xpath");
    const bn_loc at = bn_at(bn_place_of(field));
    bn_node **nodes = NULL;
    const int n = select_nodes(f, xpath, at, &nodes);
    bool some = false;

    if (n < 0)
        some = add_string(f, field, xpath, at);
    for (int i = 0; i < n; i++)
        some |= add_node(field, nodes[i]);
    if (!some && attribute_is(field, "required", "yes") &&
        !attribute_is(field, "type", "signature"))
        tell_empty(f, field);
}

/* What is missing in a row is told by the part that prints it. */
static bool
is_of_other_part(const bn_content_job *job, size_t i, size_t n)
{
    return job->part && (i < job->before || i + job->after >= n);
}

static void
fill_quietly(filling f, const xmlNode *from, xmlNode *to)
{
    bn_msgs untold = {0};
    making quiet = *f.m;

    quiet.msgs = &untold;
    fill_children((filling){&quiet, f.context}, from, to);
    bn_msgs_free(&untold);
}

static void
fill_group(filling f, const xmlNode *from, xmlNode *group)
{
    const char *xpath = attribute(f.m->job->arena, from, "xpath");
    const bn_loc at = bn_at(bn_place_of(from));
    bn_node **nodes = NULL;
    const int n = select_nodes(f, xpath, at, &nodes);
    bn_err err = {0};

    if (n < 0 && !f.m->job->blank) {
        bn_fail(&err, BN_EXPATH, at, xpath, "not a node-set");
        tell(f.m, &err);
    }
    if (f.m->job->part)
        xmlSetProp(group, TEXT("before"),
                   TEXT(bn_arena_printf(f.m->job->arena, "%zu",
                                        f.m->job->first)));
    for (int i = 0; i < n; i++) {
        xmlNode *row = xmlNewChild(group, NULL, TEXT("row"), NULL);

        set_at(row, bn_place_of(nodes[i]));
        if (is_of_other_part(f.m->job, (size_t)i, (size_t)n))
            fill_quietly((filling){f.m, nodes[i]}, from, row);
        else
            fill_children((filling){f.m, nodes[i]}, from, row);
    }
    if (n <= 0 && f.m->job->blank) /* the columns of rows still to be written */
        fill_children(f, from, group);
    if (n == 0 && attribute_is(from, "required", "yes"))
        tell_empty(f, from);
}

/* Copy the fields and groups of `from` into `to`, filled. */
static void
fill_children(filling f, const xmlNode *from, xmlNode *to)
{
    for (const xmlNode *n = first_element(from, NULL); n;
         n = next_element(n, NULL)) {
        const bool group = strcmp((const char *)n->name, "group") == 0;
        xmlNode *copy;

        if (!applies(f, n))
            continue;
        copy = xmlDocCopyNode((xmlNode *)n, to->doc, 2); /* attributes only */
        copy->_private = n->_private;
        xmlAddChild(to, copy);
        if (group)
            fill_group(f, n, copy);
        else
            fill_field(f, copy);
    }
}

xmlChar *
row_date(making *m, const xmlNode *group, bn_node *row)
{
    const filling f = {m, row};

    for (const xmlNode *n = first_element(group, "field"); n;
         n = next_element(n, "field")) {
        xmlNode *copy;
        xmlChar *text = NULL;

        if (!attribute_is(n, "type", "date") || !applies(f, n))
            continue;
        copy = xmlDocCopyNode((xmlNode *)n, m->input, 2);
        copy->_private = n->_private;
        fill_field(f, copy);
        if (copy->children)
            text = xmlNodeGetContent(copy->children);
        xmlFreeNode(copy);
        return text;
    }
    return NULL;
}

xmlNode *
fill_entry(making *m)
{
    const xmlNode *entry = m->paper->entry->node;
    xmlNode *root = xmlDocGetRootElement(m->input);
    xmlNode *document = xmlDocCopyNode((xmlNode *)entry, m->input, 2);

    document->_private = entry->_private;
    if (m->job->blank)
        xmlSetProp(document, TEXT("blank"), TEXT("yes"));
    xmlAddChild(root, document);
    for (const xmlNode *n = first_element(entry, NULL); n;
         n = next_element(n, NULL)) {
        if (strcmp((const char *)n->name, "fields") != 0) {
            graft(document, n);
            continue;
        }
        fill_children((filling){m, m->context}, n,
                      xmlNewChild(document, NULL, TEXT("fields"), NULL));
    }
    return document;
}
