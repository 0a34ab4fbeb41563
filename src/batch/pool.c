#include "batch/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

/* One worker. Jobs go down one pipe as numbers; results come up the other as
 * (job, length, bytes). */
typedef struct worker {
    pid_t pid; /* 0: none */
    int down, up;
    bool busy;
    size_t job;
    size_t done;
    double started;
    bn_buf got;  /* bytes of the result so far */
    bn_buf note; /* where the job has got to */
} worker;

typedef struct head {
    uint64_t job, nbytes; /* job NOTE: of the job in hand */
} head;

#define NOTE UINT64_MAX

/* A job that has ended but whose turn has not come. */
typedef struct ended {
    bool there;
    bn_end how;
    int detail;
    bn_buf result;
} ended;

typedef struct run {
    const bn_pool *pool;
    size_t njobs, next, told, ended;
    worker *workers;
    ended *results;
    bool stopping;
} run;

static volatile sig_atomic_t stop_signal;
static int note_pipe = -1; /* of a worker: to the parent */

void
bn_pool_stop(void)
{
    stop_signal = SIGTERM;
}

static void
on_signal(int number)
{
    stop_signal = number;
}

void
bn_pool_catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};

    stop_signal = 0;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

int
bn_pool_signal(void)
{
    return stop_signal;
}

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool
write_all(int fd, const void *p, size_t n)
{
    const char *s = p;

    while (n > 0) {
        const ssize_t done = write(fd, s, n);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        s += done;
        n -= (size_t)done;
    }
    return true;
}

static bool
read_all(int fd, void *p, size_t n)
{
    char *s = p;

    while (n > 0) {
        const ssize_t done = read(fd, s, n);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        s += done;
        n -= (size_t)done;
    }
    return true;
}

void
bn_pool_note(const char *note)
{
    const head h = {.job = NOTE, .nbytes = strlen(note)};

    if (note_pipe >= 0 && write_all(note_pipe, &h, sizeof h))
        write_all(note_pipe, note, (size_t)h.nbytes);
}

/* The address sanitizer reserves terabytes of address space beforehand, so
 * under it there is no limit. */
static void
limit_memory(size_t nbytes)
{
#ifndef __SANITIZE_ADDRESS__
    const struct rlimit limit = {nbytes, nbytes};

    if (nbytes)
        setrlimit(RLIMIT_AS, &limit);
#else
    (void)nbytes;
#endif
}

/* The life of a worker: jobs until the pipe is closed. Its parent's death
 * ends it too, after the job in hand. */
static void
work_on(const bn_pool *pool, int down, int up)
{
    bn_buf result = {0};
    uint64_t job;

    limit_memory(pool->bytes);
    note_pipe = up;
    while (read_all(down, &job, sizeof job)) {
        head h = {.job = job};

        bn_buf_clear(&result);
        pool->work(pool->user, (size_t)job, &result);
        h.nbytes = result.len;
        if (!write_all(up, &h, sizeof h) ||
            !write_all(up, result.p ? result.p : "", result.len))
            break;
    }
    bn_buf_free(&result);
    _exit(0);
}

/* Ends of other workers' pipes must not live on in a child. */
static void
close_others(run *r)
{
    for (size_t i = 0; i < r->pool->workers; i++)
        if (r->workers[i].pid > 0) {
            close(r->workers[i].down);
            close(r->workers[i].up);
        }
}

static int
begin_worker(run *r, worker *w)
{
    int down[2], up[2];

    if (pipe(down) != 0)
        return errno;
    if (pipe(up) != 0) {
        const int e = errno;

        close(down[0]);
        close(down[1]);
        return e;
    }
    w->pid = fork();
    if (w->pid < 0) {
        const int e = errno;

        w->pid = 0;
        close(down[0]);
        close(down[1]);
        close(up[0]);
        close(up[1]);
        return e;
    }
    if (w->pid == 0) {
        w->pid = 0;
        close_others(r);
        close(down[1]);
        close(up[0]);
        signal(SIGINT, SIG_IGN); /* the parent tells when to end */
        signal(SIGTERM, SIG_DFL);
        signal(SIGPIPE, SIG_IGN);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        work_on(r->pool, down[0], up[1]);
    }
    close(down[0]);
    close(up[1]);
    w->down = down[1];
    w->up = up[0];
    w->busy = false;
    w->done = 0;
    bn_buf_clear(&w->got);
    return 0;
}

/* Let a worker go and learn how it went. */
static int
end_worker(worker *w)
{
    int status = 0;

    close(w->down);
    close(w->up);
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        ;
    w->pid = 0;
    return status;
}

/* Tell what has ended, in order of jobs. */
static void
tell(run *r)
{
    while (r->told < r->njobs && r->results[r->told].there) {
        ended *e = &r->results[r->told];

        if (!r->pool->done(r->pool->user, r->told, e->how, e->detail,
                           e->result.p ? e->result.p : "", e->result.len))
            r->stopping = true;
        bn_buf_free(&e->result);
        r->told++;
    }
}

static void
job_ended(run *r, size_t job, bn_end how, int detail, const char *result,
          size_t n)
{
    ended *e = &r->results[job];

    e->there = true;
    e->how = how;
    e->detail = detail;
    bn_buf_add(&e->result, result, n);
    r->ended++;
    tell(r);
    if (r->pool->progress)
        r->pool->progress(r->pool->user, r->ended);
}

static void
give(worker *w, size_t i)
{
    const uint64_t job = i;

    w->busy = true;
    w->job = i;
    w->started = now();
    bn_buf_clear(&w->note);
    /* When it is dead already its pipe will say so. */
    write_all(w->down, &job, sizeof job);
}

/* A worker whose pipe ended: what became of its job. */
static int
worker_died(run *r, worker *w, bool timeout)
{
    const int status = end_worker(w);
    const bool busy = w->busy;
    const int detail =
        WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    const bn_end how = timeout               ? BN_END_TIMEOUT
                       : WIFSIGNALED(status) ? BN_END_KILLED
                                             : BN_END_EXITED;
    const size_t job = w->job;

    w->busy = false;
    if (busy && !r->stopping && r->pool->again &&
        r->pool->again(r->pool->user, job, how, detail,
                       w->note.len ? w->note.p : "")) {
        /* only one that is forked now knows what was learnt */
        const int error = begin_worker(r, w);

        if (error == 0)
            give(w, job);
        return error;
    }
    if (busy)
        job_ended(r, job, how, detail, "", 0);
    return r->next < r->njobs && !r->stopping ? begin_worker(r, w) : 0;
}

/* Notes at the start of what was heard. */
static void
take_notes(worker *w)
{
    head h;

    while (w->got.len >= sizeof h) {
        memcpy(&h, w->got.p, sizeof h);
        if (h.job != NOTE || w->got.len < sizeof h + h.nbytes)
            return;
        bn_buf_clear(&w->note);
        bn_buf_add(&w->note, w->got.p + sizeof h, (size_t)h.nbytes);
        w->started = now();
        w->got.len -= sizeof h + (size_t)h.nbytes;
        memmove(w->got.p, w->got.p + sizeof h + h.nbytes, w->got.len);
    }
}

/* Bytes from a worker; 0 or an errno. */
static int
hear(run *r, worker *w)
{
    char *at = bn_buf_reserve(&w->got, 64 * 1024);
    const ssize_t n = read(w->up, at, 64 * 1024);
    head h;

    if (n < 0)
        return errno == EINTR || errno == EAGAIN ? 0 : errno;
    if (n == 0)
        return worker_died(r, w, false);
    w->got.len += (size_t)n;
    take_notes(w);
    if (w->got.len < sizeof h)
        return 0;
    memcpy(&h, w->got.p, sizeof h);
    if (h.job == NOTE || w->got.len < sizeof h + h.nbytes)
        return 0;
    w->busy = false;
    w->done++;
    job_ended(r, (size_t)h.job, BN_END_OK, 0, w->got.p + sizeof h,
              (size_t)h.nbytes);
    bn_buf_clear(&w->got);
    if (r->pool->recycle && w->done >= r->pool->recycle) {
        end_worker(w);
        if (r->next < r->njobs && !r->stopping)
            return begin_worker(r, w);
    }
    return 0;
}

static void
give_jobs(run *r)
{
    for (size_t i = 0; i < r->pool->workers; i++) {
        worker *w = &r->workers[i];

        if (w->pid > 0 && !w->busy && !r->stopping && r->next < r->njobs)
            give(w, r->next++);
    }
}

static bool
any_busy(const run *r)
{
    for (size_t i = 0; i < r->pool->workers; i++)
        if (r->workers[i].busy)
            return true;
    return false;
}

static void
kill_late(run *r)
{
    for (size_t i = 0; r->pool->seconds && i < r->pool->workers; i++) {
        worker *w = &r->workers[i];

        if (w->busy && now() - w->started > r->pool->seconds) {
            kill(w->pid, SIGKILL);
            worker_died(r, w, true);
        }
    }
}

static int
wait_once(run *r, struct pollfd *fds)
{
    size_t n = 0;
    int error = 0;

    for (size_t i = 0; i < r->pool->workers; i++)
        if (r->workers[i].pid > 0)
            fds[n++] =
                (struct pollfd){.fd = r->workers[i].up, .events = POLLIN};
    if (poll(fds, n, 200) < 0 && errno != EINTR)
        return errno;
    for (size_t k = 0; k < n && error == 0; k++)
        for (size_t i = 0; i < r->pool->workers; i++)
            if (r->workers[i].pid > 0 && r->workers[i].up == fds[k].fd &&
                (fds[k].revents & (POLLIN | POLLHUP))) {
                error = hear(r, &r->workers[i]);
                break;
            }
    kill_late(r);
    return error;
}

int
bn_pool_run(const bn_pool *pool, size_t njobs)
{
    run r = {.pool = pool, .njobs = njobs};
    struct pollfd *fds = bn_alloc(pool->workers * sizeof *fds);
    int error = 0;

    r.workers = bn_alloc(pool->workers * sizeof *r.workers);
    r.results = bn_alloc((njobs + 1) * sizeof *r.results);
    signal(SIGPIPE, SIG_IGN);
    for (size_t i = 0; i < pool->workers && i < njobs && error == 0; i++)
        error = begin_worker(&r, &r.workers[i]);
    while (error == 0) {
        if (stop_signal)
            r.stopping = true;
        give_jobs(&r);
        if (!any_busy(&r))
            break;
        error = wait_once(&r, fds);
    }
    for (size_t i = 0; i < pool->workers; i++) {
        if (r.workers[i].pid > 0)
            end_worker(&r.workers[i]);
        bn_buf_free(&r.workers[i].got);
        bn_buf_free(&r.workers[i].note);
    }
    for (size_t i = r.next; error == 0 && i < njobs; i++)
        job_ended(&r, i, BN_END_DROPPED, 0, "", 0);
    for (size_t i = 0; i < njobs; i++)
        bn_buf_free(&r.results[i].result);
    free(r.results);
    free(r.workers);
    free(fds);
    return error;
}
