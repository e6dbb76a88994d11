/*
 * What memif could be without a library: two processes, shared memory, a ring of memif's descriptors, head and tail in lines of their own, and no
 * check of anything. Compiled when "mcm perf peers" runs.
 *
 *   raw_ring SIZE BURST LOG2 BUFFER MILLIS        answers "rate MESSAGES_PER_SECOND GAPS"
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

struct descriptor { uint16_t flags, region; uint32_t length, offset, metadata; };
struct ring {
  _Alignas (64) atomic_ushort head;
  _Alignas (64) atomic_ushort tail;
  _Alignas (64) struct descriptor descriptors[];
};

static unsigned size, burst, slots, buffer, millis;
static struct ring *ring;
static uint8_t *buffers;

static uint64_t now (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* As the other peers of mcm perf: keeps the core for some tens of microseconds, then gives it away. */
static void idle (unsigned *turns)
{
  if (++*turns > 1000)
    sched_yield ();
  else
    __builtin_ia32_pause ();
}

static void produce (void)
{
  static uint8_t source[1 << 20];
  uint64_t sequence = 0;
  uint16_t head = 0, tail = 0;
  for (unsigned turns = 0;;) {
    uint16_t free = slots - (uint16_t) (head - tail);
    if (free < burst) {
      tail = atomic_load_explicit (&ring->tail, memory_order_acquire);
      free = slots - (uint16_t) (head - tail);
    }
    if (!free) {
      idle (&turns);
      continue;
    }
    turns = 0;
    for (unsigned i = 0; i < burst && i < free; i++, head++) {
      struct descriptor *d = &ring->descriptors[head & (slots - 1)];
      memcpy (buffers + d->offset, source, size);
      memcpy (buffers + d->offset, &sequence, sizeof sequence);
      sequence++;
      d->length = size;
    }
    atomic_store_explicit (&ring->head, head, memory_order_release);
  }
}

static void consume (void)
{
  uint64_t begin = now (), end = begin + millis * 1000000ull, warm = begin + millis * 300000ull;
  uint64_t first = 0, last = 0, counted = 0, expected = 0, gaps = 0;
  uint16_t tail = 0;
  for (unsigned turns = 0; last < end;) {
    uint16_t there = atomic_load_explicit (&ring->head, memory_order_acquire) - tail;
    if (!there) {
      idle (&turns);
      continue;
    }
    turns = 0;
    uint16_t n = there < 64 ? there : 64;
    for (uint16_t i = 0; i < n; i++, tail++) {
      uint64_t sequence;
      memcpy (&sequence, buffers + ring->descriptors[tail & (slots - 1)].offset, sizeof sequence);
      gaps += sequence != expected;
      expected = sequence + 1;
    }
    atomic_store_explicit (&ring->tail, tail, memory_order_release);
    last = now ();
    if (last >= warm) {
      counted += first ? n : 0;
      first = first ? first : last;
    }
  }
  printf ("rate %.0f %lu\n", counted * 1e9 / (last - first), (unsigned long) gaps);
}

int main (int argc, char **argv)
{
  if (argc != 6)
    return 2;
  size = atoi (argv[1]);
  burst = atoi (argv[2]);
  slots = 1u << atoi (argv[3]);
  buffer = atoi (argv[4]);
  millis = atoi (argv[5]);
  size_t head = sizeof *ring + slots * sizeof ring->descriptors[0];
  ring = mmap (0, head + (size_t) slots * buffer, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (ring == MAP_FAILED)
    return 1;
  buffers = (uint8_t *) ring + head;
  for (unsigned i = 0; i < slots; i++)
    ring->descriptors[i].offset = i * buffer;
  pid_t producer = fork ();
  if (producer < 0)
    return 1;
  if (!producer)
    produce ();
  consume ();
  kill (producer, SIGKILL);
  return 0;
}
