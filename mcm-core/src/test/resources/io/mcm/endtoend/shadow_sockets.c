/*
 * A layer before the C library, as kernel-bypass libraries are: of an IPv4 UDP socket the program gets a shadow, which nothing is ever
 * bound to, while datagrams come to a socket that only this layer knows. A call that does not go through here (recvmmsg, epoll_wait, or
 * anything that looked the C library's functions up past this layer) never sees one. Each such socket, when closed, adds a line to the
 * file SHADOW_SOCKETS_REPORT: binds, datagrams received, receive calls that found none.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))
#define MAX_FD 1024
#define TYPE_MASK 0xf

static struct { int hidden, binds; long received, empty; } shadows[MAX_FD];

static int hidden(int fd) {
    return fd >= 0 && fd < MAX_FD ? shadows[fd].hidden : 0;
}

int socket(int domain, int type, int protocol) {
    int fd = NEXT(socket)(domain, type, protocol);
    if (domain == AF_INET && (type & TYPE_MASK) == SOCK_DGRAM && fd >= 0 && fd < MAX_FD) {
        shadows[fd].binds = 0;
        shadows[fd].received = shadows[fd].empty = 0;
        shadows[fd].hidden = NEXT(socket)(domain, type, protocol);
    }
    return fd;
}

int bind(int fd, const struct sockaddr *address, socklen_t length) {
    if (!hidden(fd)) {
        return NEXT(bind)(fd, address, length);
    }
    shadows[fd].binds++;
    return NEXT(bind)(hidden(fd), address, length);
}

int setsockopt(int fd, int level, int option, const void *value, socklen_t length) {
    return NEXT(setsockopt)(hidden(fd) ? hidden(fd) : fd, level, option, value, length);
}

ssize_t recvfrom(int fd, void *buffer, size_t length, int flags, struct sockaddr *address, socklen_t *address_length) {
    if (!hidden(fd)) {
        return NEXT(recvfrom)(fd, buffer, length, flags, address, address_length);
    }
    ssize_t result = NEXT(recvfrom)(hidden(fd), buffer, length, flags, address, address_length);
    if (result >= 0) {
        shadows[fd].received++;
    } else {
        shadows[fd].empty++;
    }
    return result;
}

static void report(int fd) {
    const char *name = getenv("SHADOW_SOCKETS_REPORT");
    FILE *file = name ? fopen(name, "a") : NULL;
    if (file) {
        fprintf(file, "%d %ld %ld\n", shadows[fd].binds, shadows[fd].received, shadows[fd].empty);
        fclose(file);
    }
}

int close(int fd) {
    int other = hidden(fd);
    if (other) {
        shadows[fd].hidden = 0;
        NEXT(close)(other);
        report(fd);
    }
    return NEXT(close)(fd);
}
