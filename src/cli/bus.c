/* bus.c - SIGBUS: a mapped file that cannot be had. */
#include "cli/cli.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

/* A line of /proc/self/maps read so far: "start-end perms …". */
typedef struct mapping {
    uintptr_t start, end;
    int field; /* 0 start, 1 end, 2 permissions, 3 the rest */
    bool writes, shared;
} mapping;

/* Takes one more character; true when the line is that of the address. */
static bool
take(mapping *m, char c, uintptr_t at)
{
    static const char digits[] = "0123456789abcdef";
    const char *digit = c ? strchr(digits, c) : NULL;
    uintptr_t *number = m->field == 0 ? &m->start : &m->end;

    if (c == '\n') {
        *m = (mapping){0};
    } else if (m->field < 2 && digit) {
        *number = *number * 16 + (uintptr_t)(digit - digits);
    } else if (c == '-' && m->field == 0) {
        m->field = 1;
    } else if (c == ' ') {
        m->field++;
        return m->field == 3 && m->start <= at && at < m->end;
    } else if (m->field == 2) {
        m->writes |= c == 'w';
        m->shared |= c == 's';
    }
    return false;
}

/* Is the address in a file that is written through memory? Only the register's
 * index is: then the disk is full. Uses nothing that a signal may not. */
static bool
is_written(uintptr_t at)
{
    const int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    mapping m = {0};
    char part[512];
    ssize_t n;

    while (fd >= 0 && (n = read(fd, part, sizeof part)) > 0)
        for (ssize_t i = 0; i < n; i++)
            if (take(&m, part[i], at))
                return m.writes && m.shared;
    return false;
}

static void
on_bus(int number, siginfo_t *info, void *context)
{
    static const char full[] =
        "bunsho: 書く場所がありません / no room to write\n";
    static const char lost[] =
        "bunsho: ファイルの読取りに失敗しました / reading a file failed\n";
    const bool written = is_written((uintptr_t)info->si_addr);

    (void)number;
    (void)context;
    bn_out_abandon_all();
    if (write(STDERR_FILENO, written ? full : lost,
              (written ? sizeof full : sizeof lost) - 1) < 0) {
        /* nobody is left to tell */
    }
    _exit(written ? 75 : 74);
}

void
cli_catch_bus(void)
{
    struct sigaction action = {.sa_sigaction = on_bus, .sa_flags = SA_SIGINFO};

    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, NULL);
}
