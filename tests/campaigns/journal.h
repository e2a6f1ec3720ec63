/* The journal and the fault table that the preloaded recorder shares with the campaigns (journal.py, faults.py mirror both layouts).
 *
 * Journal: one file mapped by every process of the server. A record's place in it is its order among all of them: places are handed
 * out by one atomic addition. A change of data or names is recorded after the call returned, a sync before it starts and again when it
 * has returned, a reply before its bytes leave; so whatever the program waited for stands before whatever it did next.
 */
#ifndef JOURNAL_H
#define JOURNAL_H

#include <stdatomic.h>
#include <stdint.h>

#define JOURNAL_MAGIC 0x316c6e72756f6a00ull
#define FAULT_SLOTS 8
#define PATTERN_BYTES 256

struct journal {
    uint64_t magic;
    uint64_t size;              /* of the file; records beyond it set `overflow` */
    _Atomic uint64_t tail;      /* where the next record goes */
    _Atomic uint32_t overflow;  /* 1: the journal is not complete */
    char unused[36];
};

enum kind { WRITE = 1, TRUNCATE, CREATE, SYNC_BEGIN, SYNC_END, SYNC_FAILED, RENAME, LINK, UNLINK, MKDIR, RMDIR, REPLY, UNRECORDED };

struct record {
    _Atomic uint32_t ready;     /* 1 once all below is written */
    uint32_t kind;
    uint64_t length;            /* of the whole record, a multiple of 8; 0: never written */
    uint64_t inode;             /* file, directory or socket */
    uint64_t offset;            /* WRITE: where; TRUNCATE: new size; SYNC_END, SYNC_FAILED: place of its SYNC_BEGIN; REPLY: own port << 16 | peer's port */
    _Atomic int64_t result;     /* REPLY: bytes that left (set after the call), -1 while it runs */
    int32_t process;
    uint32_t name;              /* bytes of the path that follows */
    uint32_t other;             /* bytes of the second path that follows (RENAME, LINK) */
    uint32_t data;              /* bytes that follow */
};

enum operation { ON_WRITE = 1, ON_SYNC = 2, ON_TRUNCATE = 4, ON_CREATE = 8, ON_RENAME = 16, ON_REMOVE = 32 };
enum action { FAIL = 1, SHORT, DROP };  /* errno; half of the bytes; success without doing it */

struct fault {
    _Atomic uint32_t active;
    uint32_t operations;
    uint32_t action;
    int32_t error;
    _Atomic int64_t remaining;  /* how often it strikes; negative: until switched off */
    _Atomic uint64_t hits;
    char pattern[PATTERN_BYTES];/* fnmatch on the path below the data directory; the directory itself is "." */
};

struct faults {
    _Atomic uint32_t active;    /* 0: no slot is looked at */
    char unused[60];
    struct fault slots[FAULT_SLOTS];
};

#endif
