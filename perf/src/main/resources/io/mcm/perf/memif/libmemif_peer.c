/*
 * The C side of "mcm perf memif": does over libmemif what RingPeer.java does over the builtin engine. Compiled when the bench runs,
 * against the libmemif that is installed. Each line on standard input is one cell:
 *
 *   ROLE MODE PATH SIZE BURST LOG2 BUFFER poll|int MILLIS      role: server client     mode: send receive ping echo
 *
 * Answers "ready" when a server listens, then "result MESSAGES NANOS P50 P99 P999" (nanoseconds; 0 where the mode has none).
 */
#include <libmemif.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_BURST 64
#define MAX_SAMPLES (1 << 21)

static struct {
  char role[8], mode[8], path[108], wait[8];
  unsigned size, burst, log2, buffer, millis;
} cell;

static memif_socket_handle_t control;
static memif_conn_handle_t conn;
static int up, ended;
static uint64_t taken, put_messages, counted, begin, first, last, expected, gaps;
static uint32_t *samples;
static uint8_t *source;
static memif_buffer_t bufs[MAX_BURST];

static uint64_t now (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static int polls (void) { return !strcmp (cell.wait, "poll"); }
static int is_server (void) { return !strcmp (cell.role, "server"); }

static int on_connect (memif_conn_handle_t c, void *p)
{
  if (polls ())
    memif_set_rx_mode (c, MEMIF_RX_MODE_POLLING, 0);
  if (!is_server ())
    memif_refill_queue (c, 0, -1, 0);
  up = 1;
  return 0;
}

static int on_disconnect (memif_conn_handle_t c, void *p)
{
  up = 0;
  ended = 1;
  return 0;
}

/* Takes what is there; the sequence in the first bytes tells whether something was lost. */
static int take (void)
{
  uint16_t n = 0;
  int err = memif_rx_burst (conn, 0, bufs, MAX_BURST, &n);
  if ((err && err != MEMIF_ERR_NOBUF) || n == 0)
    return 0;
  for (int i = 0; i < n; i++) {
    uint64_t sequence;
    memcpy (&sequence, bufs[i].data, sizeof sequence);
    gaps += sequence != expected;
    expected = sequence + 1;
  }
  memif_refill_queue (conn, 0, n, 0);
  taken += n;
  return n;
}

/* Sends up to so many; only those that find a free buffer. */
static int put (unsigned burst)
{
  uint16_t n = 0, sent = 0;
  int err = memif_buffer_alloc (conn, 0, bufs, burst, &n, cell.size);
  if ((err && err != MEMIF_ERR_NOBUF_RING) || n == 0)
    return 0;
  for (int i = 0; i < n; i++) {
    memcpy (bufs[i].data, source, cell.size);
    memcpy (bufs[i].data, &put_messages, sizeof put_messages);
    put_messages++;
  }
  memif_tx_burst (conn, 0, bufs, n, &sent);
  return n;
}

/* Once for each look that found nothing: keeps the core for some tens of microseconds, then gives it away. */
static void idle (unsigned *turns)
{
  if (++*turns % 64 == 0)
    memif_poll_event (control, 0);
  if (*turns > 1000)
    sched_yield ();
  else
    __builtin_ia32_pause ();
}

static void note_received (int n)
{
  uint64_t t = now ();
  begin = begin ? begin : t;
  if (t - begin < cell.millis * 300000ull)
    return;
  first = first ? first : t;
  counted += t == first ? 0 : n;
  last = t;
  ended = t - begin > cell.millis * 1000000ull;
}

static int on_interrupt (memif_conn_handle_t c, void *p, uint16_t queue)
{
  if (!strcmp (cell.mode, "receive")) {
    for (int n = take (); n > 0 && !ended; n = take ())
      note_received (n);
  } else if (!strcmp (cell.mode, "echo")) {
    while (take ())
      put (1);
  }
  return 0;
}

static void send_all (void)
{
  unsigned turns = 0;
  for (uint64_t loops = 1; up; loops++) {
    if (put (cell.burst))
      turns = 0;
    else
      idle (&turns);
    if (loops % 4096 == 0)
      memif_poll_event (control, 0);
  }
}

static void receive_all (void)
{
  unsigned turns = 0;
  while (up && !ended) {
    if (!polls ()) {
      uint64_t before = taken;
      memif_poll_event (control, 100);
      /* libmemif looks at the ring before it reads the eventfd: with a full ring the wake-up that it loses is the last */
      if (taken == before && take ())
        note_received (1);
      continue;
    }
    int n = take ();
    if (n) {
      turns = 0;
      note_received (n);
    } else
      idle (&turns);
  }
}

static void echo_all (void)
{
  unsigned turns = 0;
  while (up) {
    if (!polls ()) {
      uint64_t before = taken;
      memif_poll_event (control, 100);
      if (taken == before && take ())
        put (1);
    } else if (take ()) {
      put (1);
      turns = 0;
    } else
      idle (&turns);
  }
}

static int by_value (const void *a, const void *b) { return (*(uint32_t *) a > *(uint32_t *) b) - (*(uint32_t *) a < *(uint32_t *) b); }

static void ping_all (void)
{
  uint64_t start = now (), warm = start + cell.millis * 300000ull, end = start + cell.millis * 1000000ull;
  for (uint64_t t = start; up && t < end && counted < MAX_SAMPLES;) {
    unsigned turns = 0;
    uint64_t sent = now ();
    while (!put (1))
      ;
    uint64_t before = taken;
    while (up && taken == before && !take ())
      if (polls ())
        idle (&turns);
      else if (memif_poll_event (control, 100), taken == before)
        take ();
    t = now ();
    if (t > warm)
      samples[counted++] = t - sent;
  }
  qsort (samples, counted, sizeof *samples, by_value);
  last = counted;
}

static void open_memif (void)
{
  memif_socket_args_t s = { 0 };
  memif_conn_args_t a = { 0 };
  strncpy (s.path, cell.path, sizeof s.path - 1);
  strncpy (s.app_name, "mcm perf", sizeof s.app_name - 1);
  a.is_master = is_server ();
  a.log2_ring_size = cell.log2;
  a.buffer_size = cell.buffer;
  a.num_s2m_rings = a.num_m2s_rings = 1;
  strncpy ((char *) a.interface_name, "perf", sizeof a.interface_name - 1);
  memif_create_socket (&control, &s, NULL);
  a.socket = control;
  memif_create (&conn, &a, on_connect, on_disconnect, on_interrupt, NULL);
}

static void run (void)
{
  up = ended = 0;
  taken = put_messages = counted = begin = first = last = expected = gaps = 0;
  open_memif ();
  if (is_server ())
    printf ("ready\n"), fflush (stdout);
  while (!up)
    memif_poll_event (control, 100);
  if (!strcmp (cell.mode, "send")) send_all ();
  else if (!strcmp (cell.mode, "receive")) receive_all ();
  else if (!strcmp (cell.mode, "echo")) echo_all ();
  else ping_all ();
  memif_delete (&conn);
  memif_delete_socket (&control);
  uint32_t p50 = 0, p99 = 0, p999 = 0;
  if (!strcmp (cell.mode, "ping") && counted) {
    p50 = samples[counted / 2], p99 = samples[counted * 99 / 100], p999 = samples[counted * 999 / 1000];
    first = 0;
  }
  printf ("result %lu %lu %u %u %u %lu\n", (unsigned long) counted, (unsigned long) (last - first), p50, p99, p999, (unsigned long) gaps);
  fflush (stdout);
}

int main (void)
{
  samples = malloc (MAX_SAMPLES * sizeof *samples);
  source = calloc (1, 1 << 20);
  while (scanf ("%7s %7s %107s %u %u %u %u %7s %u", cell.role, cell.mode, cell.path, &cell.size, &cell.burst, &cell.log2, &cell.buffer,
                cell.wait, &cell.millis) == 9)
    run ();
  return 0;
}
