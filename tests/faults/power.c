/* A disk that keeps only what was synced, and that can be told to fail.
 *
 * Preloaded into a server. Files under $PF_DIR are watched: after each fsync the whole file, as it is
 * then, is copied to $PF_DURABLE; that copy is what a power cut would leave. While the file $PF_EIO
 * exists, syncing fails; while $PF_ENOSPC exists, writing does. Names of files are taken to be durable
 * at once, and a sector is never torn.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define NAME 4096

static int ends(const char *text, const char *end) {
    size_t a = strlen(text), b = strlen(end);
    return a >= b && !strcmp(text + a - b, end);
}

/* The path of an open file, if it is one of the watched; the shared-memory index never is. */
static int watched(int fd, char *path) {
    const char *folder = getenv("PF_DIR");
    char link[64];
    ssize_t n;
    if (!folder) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    n = readlink(link, path, NAME - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return !strncmp(path, folder, strlen(folder)) && strstr(path, "journal.sqlite") && !ends(path, "-shm");
}

static int told(const char *flag) {
    const char *file = getenv(flag);
    return file && access(file, F_OK) == 0;
}

static int copy_of(const char *path, char *copy, size_t size) {
    const char *folder = getenv("PF_DURABLE");
    if (!folder) return 0;
    snprintf(copy, size, "%s%s", folder, strrchr(path, '/'));
    return 1;
}

/* Copy through the descriptor at hand: opening the file anew would drop SQLite's locks on it. */
static void keep(int fd, const char *path) {
    static ssize_t (*real_write)(int, const void *, size_t);
    static __thread unsigned count;
    char copy[2 * NAME], draft[2 * NAME + 64], piece[65536];
    off_t at = 0;
    ssize_t n;
    int out;
    if (!copy_of(path, copy, sizeof copy)) return;
    if (!real_write) real_write = dlsym(RTLD_NEXT, "write");
    snprintf(draft, sizeof draft, "%s.%d.%p.%u.part", copy, getpid(), (void *)&count, count);
    count++;
    out = open(draft, O_CREAT | O_TRUNC | O_WRONLY, 0600);
    if (out < 0) abort();
    while ((n = pread(fd, piece, sizeof piece, at)) > 0) {
        if (real_write(out, piece, n) != n) abort();
        at += n;
    }
    close(out);
    if (rename(draft, copy)) abort();
}

#define SYNC(name)                                          \
    int name(int fd) {                                      \
        static int (*real)(int);                            \
        char path[NAME];                                    \
        int result;                                         \
        if (!real) real = dlsym(RTLD_NEXT, #name);          \
        if (!watched(fd, path)) return real(fd);            \
        if (told("PF_EIO")) { errno = EIO; return -1; }     \
        result = real(fd);                                  \
        if (!result) keep(fd, path);                        \
        return result;                                      \
    }
SYNC(fsync)
SYNC(fdatasync)

#define WRITE_AT(name)                                                           \
    ssize_t name(int fd, const void *bytes, size_t n, off64_t at) {              \
        static ssize_t (*real)(int, const void *, size_t, off64_t);              \
        char path[NAME];                                                         \
        if (!real) real = dlsym(RTLD_NEXT, #name);                               \
        if (told("PF_ENOSPC") && watched(fd, path)) { errno = ENOSPC; return -1; } \
        return real(fd, bytes, n, at);                                           \
    }
WRITE_AT(pwrite64)
WRITE_AT(pwrite)

ssize_t write(int fd, const void *bytes, size_t n) {
    static ssize_t (*real)(int, const void *, size_t);
    char path[NAME];
    if (!real) real = dlsym(RTLD_NEXT, "write");
    if (told("PF_ENOSPC") && watched(fd, path)) { errno = ENOSPC; return -1; }
    return real(fd, bytes, n);
}

int unlink(const char *path) {
    static int (*real)(const char *);
    const char *folder = getenv("PF_DIR");
    char copy[2 * NAME];
    if (!real) real = dlsym(RTLD_NEXT, "unlink");
    if (folder && strrchr(path, '/') && !strncmp(path, folder, strlen(folder)) && copy_of(path, copy, sizeof copy)) real(copy);
    return real(path);
}
