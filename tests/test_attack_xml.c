/* test_attack_xml.c - hostile XML (numbers: the list of attack inputs that
 * HACKING.md names). Each must be refused at once, with nothing of other
 * files in what is said. */
#include "tests/unit.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libxml/tree.h>

#include "source/source.h"

static bn_source *src;

static int
set_up(void **state)
{
    (void)state;
    src = bn_source_new();
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    bn_source_free(src);
    return 0;
}

static bn_code
parse(const bn_buf *b, bn_msgs *msgs)
{
    bn_tree *t = NULL;
    const bn_code code =
        bn_xml_parse(src, "attack.xml", b->p, b->len, BN_XML_CLEAN, &t, msgs);

    assert_int_equal(code == BN_OK, t != NULL);
    bn_tree_free(t);
    return code;
}

/* Does any message hold these words? */
static bool
said(const bn_msgs *msgs, const char *words)
{
    for (const bn_msg *m = msgs->first; m; m = m->next)
        for (int i = 0; i < BN_ARGS; i++)
            if (strstr(m->err.args[i], words))
                return true;
    return false;
}

static const struct {
    int number;
    const char *bytes;
    bn_code code;
} rows[] = {
    {1,
     "<!DOCTYPE l [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
     "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><l>&c;</l>",
     BN_EDTD},
    {3, "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>",
     BN_EDTD},
    {4, "<!DOCTYPE a [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]><a/>",
     BN_EDTD},
    {9, "<a>\xC1\x81</a>", BN_EUTF8},
    {9, "<a>\xED\xB0\x80</a>", BN_EUTF8},
    {9, "<a>\xEF\xB7\x90</a>", BN_ECHARACTER},
    {9, "<a>&#0;</a>", BN_EXML},
    {9, "<a>&#xFFFE;</a>", BN_EXML},
    {10, "<?xml version='1.0' encoding='UTF-8'?><a>\x95\xB6\x8F\x91</a>",
     BN_EUTF8},
    /* direction controls, written, referred to, and in an attribute */
    {26, "<a>\u682A\u202E\u5F0F</a>", BN_ECHARACTER},
    {26, "<a>x&#x2066;y</a>", BN_ECHARACTER},
    {26, "<a to='x&#x61C;y'/>", BN_ECHARACTER},
    {26, "<a>\u200F</a>", BN_ECHARACTER},
    {0, "<a>&nbsp;</a>", BN_EXML}, /* an entity that nobody declared */
};

static void
hostile_documents_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bn_buf b = {0};
        bn_msgs msgs = {0};

        print_message("attack %d: %s\n", rows[i].number, rows[i].bytes);
        bn_buf_adds(&b, rows[i].bytes);
        assert_int_equal(parse(&b, &msgs), rows[i].code);
        assert_false(said(&msgs, "root:"));
        bn_msgs_free(&msgs);
        bn_buf_free(&b);
    }
}

/* 2: a long entity many times. */
static void
quadratic_entities(void **state)
{
    bn_buf b = {0};
    bn_msgs msgs = {0};

    (void)state;
    bn_buf_adds(&b, "<!DOCTYPE a [<!ENTITY x '");
    for (int i = 0; i < 100000; i++)
        bn_buf_addc(&b, 'x');
    bn_buf_adds(&b, "'>]><a>");
    for (int i = 0; i < 3000; i++)
        bn_buf_adds(&b, "&x;");
    bn_buf_adds(&b, "</a>");
    assert_int_equal(parse(&b, &msgs), BN_EDTD);
    bn_msgs_free(&msgs);
    bn_buf_free(&b);
}

/* 5: nothing is ever asked of the network. */
static void
no_connection_for_a_dtd(void **state)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    bn_buf b = {0};
    bn_msgs msgs = {0};

    (void)state;
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(fd, 1), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &size), 0);
    bn_buf_addf(&b, "<!DOCTYPE a SYSTEM 'http://127.0.0.1:%d/x.dtd'><a/>",
                ntohs(at.sin_port));
    assert_int_equal(parse(&b, &msgs), BN_EDTD);
    assert_int_equal(poll(&poll_fd, 1, 0), 0);
    close(fd);
    bn_msgs_free(&msgs);
    bn_buf_free(&b);
}

/* 6: XInclude is only an element. */
static void
xinclude_is_inert(void **state)
{
    static const char in[] =
        "<a xmlns:xi='http://www.w3.org/2001/XInclude'>"
        "<xi:include href='/etc/hostname' parse='text'/></a>";
    bn_msgs msgs = {0};
    bn_tree *t;

    (void)state;
    assert_int_equal(
        bn_xml_parse(src, "x.xml", in, sizeof in - 1, 0, &t, &msgs), BN_OK);
    assert_null(xmlDocGetRootElement(t)->children->children);
    bn_tree_free(t);
}

/* 7: depth. */
static void
depth_is_limited(void **state)
{
    static const int depths[] = {300, 100000};

    (void)state;
    for (int k = 0; k < 2; k++) {
        bn_buf b = {0};
        bn_msgs msgs = {0};

        for (int i = 0; i < depths[k]; i++)
            bn_buf_adds(&b, "<a>");
        for (int i = 0; i < depths[k]; i++)
            bn_buf_adds(&b, "</a>");
        assert_int_equal(parse(&b, &msgs), BN_EXML);
        bn_msgs_free(&msgs);
        bn_buf_free(&b);
    }
}

/* 8: one huge attribute, one huge text. */
static void
length_is_limited(void **state)
{
    (void)state;
    for (int k = 0; k < 2; k++) {
        bn_buf b = {0};
        bn_msgs msgs = {0};

        bn_buf_adds(&b, k ? "<a>" : "<a x='");
        memset(bn_buf_reserve(&b, 11000000), 'x', 11000000);
        b.len += 11000000;
        bn_buf_adds(&b, k ? "</a>" : "'/>");
        assert_int_equal(parse(&b, &msgs), BN_EXML);
        bn_msgs_free(&msgs);
        bn_buf_free(&b);
    }
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(hostile_documents_are_refused),
        CASE(quadratic_entities),
        CASE(no_connection_for_a_dtd),
        CASE(xinclude_is_inert),
        CASE(depth_is_limited),
        CASE(length_is_limited),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
