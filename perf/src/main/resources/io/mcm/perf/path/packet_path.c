/*
 * The work that MCM 24.09's media proxy does for a packet of an RTSP session (udp_h264_rx_sample.c), on a kernel socket instead of MTL's:
 * one recv() a packet, FU-A or a whole NAL unit appended to the buffer of the access unit behind a 14-byte header, and an eventfd
 * written when the marker ends it. Without its faults, and without memif's own cost: buffers are taken in turn, nobody reads them.
 *
 * Says "port N", and for each line that it reads "packets N units N cpu_ns N", the CPU time being that of the receiving thread.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BUFFERS 64
#define BUFFER_LENGTH 5184000
#define BUFFER_HEADER 14
#define RECEIVE_BUFFER (4 << 20)
#define MAX_PACKET 65536
#define RTP_HEADER 12
#define FU_A 28

static int fd, wake;
static uint8_t *ring;
static volatile uint64_t packets, units;

static size_t append(uint8_t *buffer, size_t at, const void *bytes, size_t length) {
    if (at + length > BUFFER_LENGTH) return at;
    memcpy(buffer + at, bytes, length);
    return at + length;
}

static void publish(uint8_t *buffer, size_t end) {
    uint64_t length = end - BUFFER_HEADER, one = 1;
    memcpy(buffer + 6, &length, sizeof length);
    if (write(wake, &one, sizeof one) != sizeof one) exit(1);
    units++;
}

static void *receive(void *unused) {
    static const uint8_t start_code[] = {0, 0, 1};
    static uint8_t packet[MAX_PACKET];
    uint8_t *buffer = ring;
    size_t at = 0, slot = 0;
    (void) unused;
    for (;;) {
        ssize_t length = recv(fd, packet, sizeof packet, 0);
        if (length < RTP_HEADER + 2) continue;
        packets++;
        if (at == 0) {
            memcpy(buffer, packet + 2, 6);
            buffer[BUFFER_HEADER] = 0;
            at = BUFFER_HEADER + 1;
        }
        if ((packet[RTP_HEADER] & 0x1f) == FU_A) {
            if (packet[RTP_HEADER + 1] & 0x80) {
                uint8_t header = (packet[RTP_HEADER] & 0xe0) | (packet[RTP_HEADER + 1] & 0x1f);
                at = append(buffer, at, start_code, sizeof start_code);
                at = append(buffer, at, &header, 1);
            }
            at = append(buffer, at, packet + RTP_HEADER + 2, length - RTP_HEADER - 2);
        } else {
            at = append(buffer, at, start_code, sizeof start_code);
            at = append(buffer, at, packet + RTP_HEADER, length - RTP_HEADER);
        }
        if (packet[1] & 0x80) {
            publish(buffer, at);
            slot = (slot + 1) % BUFFERS;
            buffer = ring + slot * BUFFER_LENGTH;
            at = 0;
        }
    }
    return NULL;
}

static uint64_t cpu_nanos(pthread_t thread) {
    clockid_t clock;
    struct timespec time;
    if (pthread_getcpuclockid(thread, &clock) || clock_gettime(clock, &time)) exit(1);
    return time.tv_sec * 1000000000ull + time.tv_nsec;
}

int main(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int room = RECEIVE_BUFFER;
    pthread_t thread;
    char line[64];
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    wake = eventfd(0, EFD_NONBLOCK);
    ring = mmap(NULL, (size_t) BUFFERS * BUFFER_LENGTH, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    if (ring == MAP_FAILED || bind(fd, (struct sockaddr *) &address, length)
        || getsockname(fd, (struct sockaddr *) &address, &length)) {
        perror("packet_path");
        return 1;
    }
    printf("port %d\n", ntohs(address.sin_port));
    fflush(stdout);
    if (pthread_create(&thread, NULL, receive, NULL)) return 1;
    while (fgets(line, sizeof line, stdin)) {
        printf("packets %lu units %lu cpu_ns %lu\n", (unsigned long) packets, (unsigned long) units, (unsigned long) cpu_nanos(thread));
        fflush(stdout);
    }
    return 0;
}
