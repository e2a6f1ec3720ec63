/* A preloaded library: records what a server does to its data directory and which replies it sends, and lets calls fail on demand.
 *
 * RECORDER_ROOT    the data directory, absolute and without symbolic links; nothing else is recorded or disturbed
 * RECORDER_JOURNAL the journal file (absent: nothing is recorded)
 * RECORDER_FAULTS  the fault table (absent: no faults)
 *
 * Only calls through libc are seen: io_uring must be off (UV_USE_IO_URING=0). Whatever reaches a data file by another way (a writable
 * mapping, a hole punched) is recorded as UNRECORDED, which makes the campaign stop instead of judging from half the facts.
 */
#define _GNU_SOURCE
#include "journal.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* libc's own function of this name. */
#define REAL(name) ({ static __typeof__(&name) found; if (!found) found = (__typeof__(&name))dlsym(RTLD_NEXT, #name); found; })

#define DESCRIPTORS 65536
#define PIECES 1024

enum class { UNKNOWN, ELSEWHERE, DATA_FILE, DATA_DIRECTORY, CONNECTION };
struct facts { enum class class; dev_t device; ino_t inode; off_t size; uint32_t ports; };

static struct facts known[DESCRIPTORS];  /* believed only while device and inode are still the same */
static pthread_mutex_t knowing = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static struct journal *journal;
static struct faults *faults;

/* ---- start ---- */

static void *share(const char *variable, size_t least) {
    const char *path = getenv(variable);
    if (!path || !*path) return NULL;
    int fd = REAL(open)(path, O_RDWR | O_CLOEXEC);
    struct stat now;
    if (fd >= 0 && !fstat(fd, &now) && (size_t)now.st_size >= least) {
        void *memory = REAL(mmap)(NULL, (size_t)now.st_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd, 0);
        REAL(close)(fd);
        if (memory != MAP_FAILED) return memory;
    }
    fprintf(stderr, "recorder: %s=%s can't be used\n", variable, path);
    _exit(97);
}

static void after_fork(void) {
    pthread_mutex_init(&knowing, NULL);
}

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("RECORDER_ROOT");
    if (!path || !realpath(path, root)) return;
    root_length = strlen(root);
    journal = share("RECORDER_JOURNAL", sizeof *journal);
    faults = share("RECORDER_FAULTS", sizeof *faults);
    if (journal && journal->magic != JOURNAL_MAGIC) _exit(97);
    pthread_atfork(NULL, NULL, after_fork);
}

/* ---- what a descriptor or a path is ---- */

/* The part below the data directory, "." for itself, NULL for what is elsewhere. */
static const char *below_root(const char *path) {
    if (!root_length || strncmp(path, root, root_length)) return NULL;
    if (!path[root_length]) return ".";
    return path[root_length] == '/' ? path + root_length + 1 : NULL;
}

static int path_of(int fd, char *path) {
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return 1;
}

/* The path of a directory entry below the data directory, or NULL; the last component is not followed. */
static const char *entry(int directory, const char *path, char *whole) {
    char joined[PATH_MAX * 2 + 2], *name;
    if (!root_length || !path || !*path) return NULL;
    if (*path == '/') snprintf(joined, sizeof joined, "%s", path);
    else {
        char base[PATH_MAX];
        if (directory == AT_FDCWD ? !getcwd(base, sizeof base) : !path_of(directory, base)) return NULL;
        snprintf(joined, sizeof joined, "%s/%s", base, path);
    }
    for (size_t n = strlen(joined); n > 1 && joined[n - 1] == '/'; n--) joined[n - 1] = 0;
    name = strrchr(joined, '/');
    *name++ = 0;
    int saved = errno;
    if (!realpath(*joined ? joined : "/", whole)) { errno = saved; return NULL; }
    size_t length = strlen(whole);
    if (length + strlen(name) + 2 > PATH_MAX) return NULL;
    whole[length] = '/';
    strcpy(whole + length + 1, name);
    return below_root(whole);
}

static uint32_t port(const struct sockaddr_storage *address) {
    if (address->ss_family == AF_INET) return ntohs(((const struct sockaddr_in *)address)->sin_port);
    return address->ss_family == AF_INET6 ? ntohs(((const struct sockaddr_in6 *)address)->sin6_port) : 0;
}

static enum class classify(int fd, const struct stat *now, uint32_t *ports) {
    char path[PATH_MAX];
    if (S_ISSOCK(now->st_mode)) {
        struct sockaddr_storage peer, own;
        socklen_t peer_size = sizeof peer, own_size = sizeof own;
        if (getpeername(fd, (struct sockaddr *)&peer, &peer_size) || getsockname(fd, (struct sockaddr *)&own, &own_size)) return UNKNOWN;
        *ports = port(&own) << 16 | port(&peer);
        return *ports ? CONNECTION : ELSEWHERE;
    }
    if (!S_ISREG(now->st_mode) && !S_ISDIR(now->st_mode)) return ELSEWHERE;
    if (!path_of(fd, path) || !below_root(path)) return ELSEWHERE;
    return S_ISDIR(now->st_mode) ? DATA_DIRECTORY : DATA_FILE;
}

static struct facts look(int fd) {
    struct facts facts = {ELSEWHERE, 0, 0, 0, 0};
    struct stat now;
    int saved = errno;
    if (!root_length || fd < 0 || fd >= DESCRIPTORS || fstat(fd, &now)) { errno = saved; return facts; }
    pthread_mutex_lock(&knowing);
    facts = known[fd];
    pthread_mutex_unlock(&knowing);
    if (facts.class == UNKNOWN || facts.device != now.st_dev || facts.inode != now.st_ino) {
        facts = (struct facts){UNKNOWN, now.st_dev, now.st_ino, 0, 0};
        facts.class = classify(fd, &now, &facts.ports);
        pthread_mutex_lock(&knowing);
        known[fd] = facts;
        pthread_mutex_unlock(&knowing);
    }
    facts.size = now.st_size;
    errno = saved;
    return facts;
}

static void forget(unsigned first, unsigned last) {
    if (!root_length) return;
    pthread_mutex_lock(&knowing);
    for (unsigned fd = first; fd <= last && fd < DESCRIPTORS; fd++) known[fd].class = UNKNOWN;
    pthread_mutex_unlock(&knowing);
}

/* ---- the journal ---- */

struct piece { const struct iovec *iov; int count; size_t bytes; };

static struct record *record(enum kind kind, ino_t inode, uint64_t offset, const char *name, const char *other, struct piece piece) {
    if (!journal) return NULL;
    size_t n = name ? strlen(name) : 0, o = other ? strlen(other) : 0;
    uint64_t length = (sizeof(struct record) + n + o + piece.bytes + 7) & ~7ull;
    uint64_t place = atomic_fetch_add(&journal->tail, length);
    if (place + length > journal->size) { atomic_store(&journal->overflow, 1); return NULL; }
    struct record *r = (struct record *)((char *)journal + place);
    char *end = (char *)(r + 1);
    r->length = length;
    r->kind = kind;
    r->inode = inode;
    r->offset = offset;
    atomic_store(&r->result, -1);
    r->process = getpid();
    r->name = (uint32_t)n;
    r->other = (uint32_t)o;
    r->data = (uint32_t)piece.bytes;
    memcpy(end, name, n);
    memcpy(end += n, other, o);
    end += o;
    for (int i = 0; i < piece.count && piece.bytes; i++) {
        size_t some = piece.iov[i].iov_len < piece.bytes ? piece.iov[i].iov_len : piece.bytes;
        memcpy(end, piece.iov[i].iov_base, some);
        end += some;
        piece.bytes -= some;
    }
    atomic_store_explicit(&r->ready, 1, memory_order_release);
    return r;
}

static const struct piece nothing;

static uint64_t place_of(struct record *r) {
    return r ? (uint64_t)((char *)r - (char *)journal) : 0;
}

/* ---- faults ---- */

/* Decides whether a call on this path is to go wrong; sets errno for FAIL. */
static int strike(enum operation operation, const char *path) {
    if (!faults || !atomic_load(&faults->active) || !path) return 0;
    for (int i = 0; i < FAULT_SLOTS; i++) {
        struct fault *f = &faults->slots[i];
        if (!atomic_load(&f->active) || !(f->operations & operation) || fnmatch(f->pattern, path, 0)) continue;
        int64_t left = atomic_load(&f->remaining);
        while (left > 0 && !atomic_compare_exchange_weak(&f->remaining, &left, left - 1)) continue;
        if (!left) continue;
        atomic_fetch_add(&f->hits, 1);
        if (f->action == FAIL) errno = f->error;
        return (int)f->action;
    }
    return 0;
}

static int strike_descriptor(enum operation operation, int fd) {
    char path[PATH_MAX];
    if (!faults || !atomic_load(&faults->active) || !path_of(fd, path)) return 0;
    return strike(operation, below_root(path));
}

/* ---- writing ---- */

#define WHERE_IT_STANDS (-1)

/* Keep the first `most` bytes of a vector. */
static int shorten(struct iovec *kept, const struct iovec *iov, int count, size_t most) {
    int n = 0;
    for (; n < count && n < PIECES && most; n++) {
        kept[n] = iov[n];
        if (kept[n].iov_len > most) kept[n].iov_len = most;
        most -= kept[n].iov_len;
    }
    return n;
}

static ssize_t put(int fd, ino_t inode, const struct iovec *iov, int count, off_t offset) {
    size_t size = 0;
    struct iovec kept[PIECES];
    for (int i = 0; i < count; i++) size += iov[i].iov_len;
    int action = strike_descriptor(ON_WRITE, fd);
    if (action == FAIL) return -1;
    if (action == DROP) return (ssize_t)size;
    if (action == SHORT && size > 1) {
        count = shorten(kept, iov, count, size / 2);
        iov = kept;
    }
    ssize_t done = offset == WHERE_IT_STANDS ? REAL(writev)(fd, iov, count) : REAL(pwritev)(fd, iov, count, offset);
    if (done <= 0) return done;
    /* After an appending write the position is the end, so position minus length is where the bytes went in every case. */
    off_t start = offset == WHERE_IT_STANDS ? lseek(fd, 0, SEEK_CUR) - done : offset;
    record(WRITE, inode, (uint64_t)start, NULL, NULL, (struct piece){iov, count, (size_t)done});
    return done;
}

/* A reply: recorded before it leaves, with the number of bytes that left filled in afterwards. */
#define REPLYING(facts, call) ({ \
    struct record *reply = record(REPLY, (facts).inode, (facts).ports, NULL, NULL, nothing); \
    ssize_t sent = (call); \
    if (reply) atomic_store(&reply->result, sent < 0 ? 0 : sent); \
    sent; })

#define WRITING(fd, vector, count, offset, call) \
    struct facts facts = look(fd); \
    if (facts.class == DATA_FILE) return put(fd, facts.inode, vector, count, offset); \
    if (facts.class == CONNECTION) return REPLYING(facts, call); \
    return call

ssize_t write(int fd, const void *bytes, size_t size) {
    struct iovec one = {(void *)bytes, size};
    WRITING(fd, &one, 1, WHERE_IT_STANDS, REAL(write)(fd, bytes, size));
}

ssize_t writev(int fd, const struct iovec *iov, int count) {
    WRITING(fd, iov, count, WHERE_IT_STANDS, REAL(writev)(fd, iov, count));
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) {
    struct iovec one = {(void *)bytes, size};
    WRITING(fd, &one, 1, offset, REAL(pwrite)(fd, bytes, size, offset));
}

ssize_t pwritev(int fd, const struct iovec *iov, int count, off_t offset) {
    WRITING(fd, iov, count, offset, REAL(pwritev)(fd, iov, count, offset));
}

ssize_t pwritev2(int fd, const struct iovec *iov, int count, off_t offset, int flags) {
    WRITING(fd, iov, count, offset, REAL(pwritev2)(fd, iov, count, offset, flags));
}

ssize_t pwrite64(int, const void *, size_t, off_t) __attribute__((alias("pwrite")));
ssize_t pwritev64(int, const struct iovec *, int, off_t) __attribute__((alias("pwritev")));
ssize_t pwritev64v2(int, const struct iovec *, int, off_t, int) __attribute__((alias("pwritev2")));

ssize_t send(int fd, const void *bytes, size_t size, int flags) {
    struct facts facts = look(fd);
    return facts.class == CONNECTION ? REPLYING(facts, REAL(send)(fd, bytes, size, flags)) : REAL(send)(fd, bytes, size, flags);
}

ssize_t sendto(int fd, const void *bytes, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
    struct facts facts = look(fd);
    if (facts.class == CONNECTION) return REPLYING(facts, REAL(sendto)(fd, bytes, size, flags, to, length));
    return REAL(sendto)(fd, bytes, size, flags, to, length);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    struct facts facts = look(fd);
    return facts.class == CONNECTION ? REPLYING(facts, REAL(sendmsg)(fd, message, flags)) : REAL(sendmsg)(fd, message, flags);
}

/* The kernel moved the bytes itself: read back what it put there. */
static void read_back(int fd, ino_t inode, off_t start, ssize_t done) {
    char link[40], *bytes = done > 0 && journal ? malloc((size_t)done) : NULL;
    if (!bytes) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int reader = REAL(open)(link, O_RDONLY | O_CLOEXEC);
    struct iovec one = {bytes, (size_t)done};
    if (reader >= 0 && pread(reader, bytes, (size_t)done, start) == done)
        record(WRITE, inode, (uint64_t)start, NULL, NULL, (struct piece){&one, 1, (size_t)done});
    else record(UNRECORDED, inode, 0, "moved bytes", NULL, nothing);
    if (reader >= 0) REAL(close)(reader);
    free(bytes);
}

ssize_t sendfile(int to, int from, off_t *offset, size_t size) {
    struct facts facts = look(to);
    if (facts.class == CONNECTION) return REPLYING(facts, REAL(sendfile)(to, from, offset, size));
    if (facts.class == DATA_FILE && strike_descriptor(ON_WRITE, to) == FAIL) return -1;
    ssize_t done = REAL(sendfile)(to, from, offset, size);
    if (facts.class == DATA_FILE) read_back(to, facts.inode, lseek(to, 0, SEEK_CUR) - done, done);
    return done;
}

ssize_t sendfile64(int, int, off_t *, size_t) __attribute__((alias("sendfile")));

ssize_t copy_file_range(int from, off_t *read_at, int to, off_t *write_at, size_t size, unsigned flags) {
    struct facts facts = look(to);
    if (facts.class == DATA_FILE && strike_descriptor(ON_WRITE, to) == FAIL) return -1;
    ssize_t done = REAL(copy_file_range)(from, read_at, to, write_at, size, flags);
    if (facts.class == DATA_FILE && done > 0) read_back(to, facts.inode, (write_at ? *write_at : lseek(to, 0, SEEK_CUR)) - done, done);
    return done;
}

ssize_t splice(int from, off_t *read_at, int to, off_t *write_at, size_t size, unsigned flags) {
    struct facts facts = look(to);
    if (facts.class == DATA_FILE) record(UNRECORDED, facts.inode, 0, "splice", NULL, nothing);
    return REAL(splice)(from, read_at, to, write_at, size, flags);
}

/* ---- syncing ---- */

#define SYNCING(call) \
    struct facts facts = look(fd); \
    if (facts.class != DATA_FILE && facts.class != DATA_DIRECTORY) return call; \
    char path[PATH_MAX]; \
    const char *name = path_of(fd, path) ? below_root(path) : NULL; \
    int action = strike(ON_SYNC, name); \
    if (action == DROP) return 0; \
    uint64_t begin = place_of(record(SYNC_BEGIN, facts.inode, facts.class == DATA_DIRECTORY, name, NULL, nothing)); \
    int result = action == FAIL ? -1 : call; \
    int saved = errno; \
    record(result ? SYNC_FAILED : SYNC_END, facts.inode, begin, NULL, NULL, nothing); \
    errno = saved; \
    return result

int fsync(int fd) { SYNCING(REAL(fsync)(fd)); }

int fdatasync(int fd) { SYNCING(REAL(fdatasync)(fd)); }

/* ---- sizes ---- */

#define TRUNCATING(fd, size, call) \
    struct facts facts = look(fd); \
    if (facts.class == DATA_FILE && strike_descriptor(ON_TRUNCATE, fd) == FAIL) return -1; \
    int result = call; \
    if (!result && facts.class == DATA_FILE) record(TRUNCATE, facts.inode, (uint64_t)(size), NULL, NULL, nothing); \
    return result

int ftruncate(int fd, off_t size) { TRUNCATING(fd, size, REAL(ftruncate)(fd, size)); }

int ftruncate64(int, off_t) __attribute__((alias("ftruncate")));

int truncate(const char *path, off_t size) {
    char whole[PATH_MAX];
    struct stat now;
    const char *name = entry(AT_FDCWD, path, whole);
    if (name && strike(ON_TRUNCATE, name) == FAIL) return -1;
    int result = REAL(truncate)(path, size);
    if (!result && name && !stat(path, &now)) record(TRUNCATE, now.st_ino, (uint64_t)size, NULL, NULL, nothing);
    return result;
}

int truncate64(const char *, off_t) __attribute__((alias("truncate")));

int fallocate(int fd, int mode, off_t offset, off_t length) {
    if (mode && look(fd).class == DATA_FILE) record(UNRECORDED, look(fd).inode, 0, "fallocate", NULL, nothing);
    if (mode) return REAL(fallocate)(fd, mode, offset, length);
    TRUNCATING(fd, facts.size > offset + length ? facts.size : offset + length, REAL(fallocate)(fd, mode, offset, length));
}

int fallocate64(int, int, off_t, off_t) __attribute__((alias("fallocate")));

int posix_fallocate(int fd, off_t offset, off_t length) {
    if (look(fd).class == DATA_FILE && strike_descriptor(ON_TRUNCATE, fd) == FAIL) return errno;
    TRUNCATING(fd, facts.size > offset + length ? facts.size : offset + length, REAL(posix_fallocate)(fd, offset, length));
}

int posix_fallocate64(int, off_t, off_t) __attribute__((alias("posix_fallocate")));

void *mmap(void *at, size_t length, int protection, int flags, int fd, off_t offset) {
    char path[PATH_MAX];
    if ((flags & MAP_SHARED) && (protection & PROT_WRITE) && fd >= 0 && look(fd).class == DATA_FILE && path_of(fd, path)) {
        size_t n = strlen(path);
        if (n < 4 || strcmp(path + n - 4, "-shm")) record(UNRECORDED, look(fd).inode, 0, "mmap", NULL, nothing);
    }
    return REAL(mmap)(at, length, protection, flags, fd, offset);
}

void *mmap64(void *, size_t, int, int, int, off_t) __attribute__((alias("mmap")));

/* ---- names ---- */

static int opened(int directory, const char *path, int flags, mode_t mode) {
    char whole[PATH_MAX];
    struct stat before;
    const char *name = flags & (O_CREAT | O_TRUNC) ? entry(directory, path, whole) : NULL;
    int saved = errno, there = name && !lstat(whole, &before);
    errno = saved;
    if (name && (flags & O_CREAT) && !there && strike(ON_CREATE, name) == FAIL) return -1;
    int fd = REAL(openat)(directory, path, flags, mode);
    if (fd < 0) return fd;
    forget((unsigned)fd, (unsigned)fd);
    struct facts facts = name ? look(fd) : (struct facts){ELSEWHERE, 0, 0, 0, 0};
    if (facts.class != DATA_FILE) return fd;
    if (!there) record(CREATE, facts.inode, 0, name, NULL, nothing);
    else if (flags & O_TRUNC) record(TRUNCATE, facts.inode, 0, NULL, NULL, nothing);
    if (flags & (O_DSYNC | O_SYNC)) record(UNRECORDED, facts.inode, 0, "O_SYNC", NULL, nothing);
    return fd;
}

#define MODE(flags) ({ \
    mode_t given = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, flags); given = va_arg(list, mode_t); va_end(list); } \
    given; })

int open(const char *path, int flags, ...) { return opened(AT_FDCWD, path, flags, MODE(flags)); }
int open64(const char *path, int flags, ...) { return opened(AT_FDCWD, path, flags | O_LARGEFILE, MODE(flags)); }
int openat(int directory, const char *path, int flags, ...) { return opened(directory, path, flags, MODE(flags)); }
int openat64(int directory, const char *path, int flags, ...) { return opened(directory, path, flags | O_LARGEFILE, MODE(flags)); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *, mode_t) __attribute__((alias("creat")));
int __open_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __openat_2(int directory, const char *path, int flags) { return opened(directory, path, flags, 0); }
int __openat64_2(int directory, const char *path, int flags) { return opened(directory, path, flags, 0); }

int close(int fd) {
    if (fd >= 0) forget((unsigned)fd, (unsigned)fd);
    return REAL(close)(fd);
}

int close_range(unsigned first, unsigned last, int flags) {
    forget(first, last);
    return REAL(close_range)(first, last, flags);
}

int dup2(int from, int to) {
    if (to >= 0) forget((unsigned)to, (unsigned)to);
    return REAL(dup2)(from, to);
}

int dup3(int from, int to, int flags) {
    if (to >= 0) forget((unsigned)to, (unsigned)to);
    return REAL(dup3)(from, to, flags);
}

static int moved(enum kind kind, int from_directory, const char *from, int to_directory, const char *to, int flags) {
    char whole_from[PATH_MAX], whole_to[PATH_MAX];
    const char *name = entry(from_directory, from, whole_from), *other = entry(to_directory, to, whole_to);
    struct stat facts;
    ino_t inode = (name || other) && !lstat(whole_from, &facts) ? facts.st_ino : 0;
    if (other && strike(ON_RENAME, other) == FAIL) return -1;
    int result = kind == LINK ? REAL(linkat)(from_directory, from, to_directory, to, flags)
                              : REAL(renameat2)(from_directory, from, to_directory, to, (unsigned)flags);
    if (result || (!name && !other)) return result;
    if (name && other && !(kind == RENAME && flags & ~1)) record(kind, inode, 0, name, other, nothing);
    else if (other || kind == RENAME) record(UNRECORDED, inode, 0, name ? name : other, NULL, nothing);
    return result;
}

int rename(const char *from, const char *to) { return moved(RENAME, AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return moved(RENAME, a, from, b, to, 0); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) { return moved(RENAME, a, from, b, to, (int)flags); }
int link(const char *from, const char *to) { return moved(LINK, AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int a, const char *from, int b, const char *to, int flags) { return moved(LINK, a, from, b, to, flags); }

static int removed(int directory, const char *path, int flags) {
    char whole[PATH_MAX];
    const char *name = entry(directory, path, whole);
    if (name && strike(ON_REMOVE, name) == FAIL) return -1;
    int result = REAL(unlinkat)(directory, path, flags);
    if (!result && name) record(flags & AT_REMOVEDIR ? RMDIR : UNLINK, 0, 0, name, NULL, nothing);
    return result;
}

int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int directory, const char *path, int flags) { return removed(directory, path, flags); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int directory, const char *path, mode_t mode) {
    char whole[PATH_MAX];
    const char *name = entry(directory, path, whole);
    if (name && strike(ON_CREATE, name) == FAIL) return -1;
    int result = REAL(mkdirat)(directory, path, mode);
    if (!result && name) record(MKDIR, 0, 0, name, NULL, nothing);
    return result;
}

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int symlinkat(const char *target, int directory, const char *path) {
    char whole[PATH_MAX];
    if (entry(directory, path, whole)) record(UNRECORDED, 0, 0, "symlink", NULL, nothing);
    return REAL(symlinkat)(target, directory, path);
}

int symlink(const char *target, const char *path) { return symlinkat(target, AT_FDCWD, path); }
