/* Prints mcm_conn_param.hex and memif_conn_param.hex with every field set: what a C compiler makes of the structs of mcm_dp.h
 * (MCM 24.09) and of the libmemif.h that MCM patches.  cc structs.c && ./a.out
 * recorded_*.hex are what rtsp_recver_app of MCM 24.09 wrote to its proxy. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

typedef struct { char ip[46]; char port[6]; } mcm_dp_addr;
typedef struct { char socket_path[108]; uint8_t is_master; uint32_t interface_id; } memif_interface_param;
typedef struct { uint32_t width, height; double fps; int pix_fmt; } mcm_video_args;
typedef struct {
    int type; int protocol; mcm_dp_addr local_addr, remote_addr; memif_interface_param memif_interface;
    int payload_type; int payload_codec; union { mcm_video_args video; size_t transfer_size; } payload_args;
    uint32_t width, height; double fps; int pix_fmt; uint8_t payload_type_nr; uint64_t payload_mtl_flags_mask;
    uint8_t payload_mtl_pacing;
} mcm_conn_param;

typedef struct { char path[108]; char app_name[32]; struct itimerspec timer; void *functions[4]; } memif_socket_args_t;
typedef struct {
    void *socket; uint8_t secret[24]; uint8_t num_s2m_rings, num_m2s_rings; uint32_t buffer_size; uint8_t log2_ring_size;
    uint8_t is_master; uint32_t interface_id; uint8_t interface_name[32]; uint8_t mode : 8;
} memif_conn_args_t;
typedef struct { memif_socket_args_t socket_args; memif_conn_args_t conn_args; } memif_conn_param;

static void hex(const void *start, size_t length) {
    const uint8_t *bytes = start;
    for (size_t i = 0; i < length; i++)
        printf("%02x%s", bytes[i], i % 16 == 15 || i == length - 1 ? "\n" : " ");
}

int main(void) {
    mcm_conn_param c;
    memset(&c, 0, sizeof c);
    c.type = 0; c.protocol = 1;
    strcpy(c.local_addr.ip, "fe80::1"); strcpy(c.local_addr.port, "65535");
    strcpy(c.remote_addr.ip, "192.0.2.7"); strcpy(c.remote_addr.port, "5004");
    strcpy(c.memif_interface.socket_path, "/run/x.sock");
    c.memif_interface.is_master = 1; c.memif_interface.interface_id = 0x01020304;
    c.payload_type = 5; c.payload_codec = 2;
    c.payload_args.video = (mcm_video_args){640, 480, 29.97, 1};
    c.width = 1920; c.height = 1080; c.fps = 59.94; c.pix_fmt = 3;
    c.payload_type_nr = 96; c.payload_mtl_flags_mask = 0x1122334455667788; c.payload_mtl_pacing = 7;
    hex(&c, sizeof c);

    memif_conn_param m;
    memset(&m, 0, sizeof m);
    strcpy(m.socket_args.path, "/run/mcm/media_proxy_rx_0.sock"); strcpy(m.socket_args.app_name, "memif_rx_0");
    memcpy(m.conn_args.secret, "abcdefghijklmnopqrstuvwx", 24);
    m.conn_args.num_s2m_rings = 1; m.conn_args.num_m2s_rings = 2;
    m.conn_args.buffer_size = 5184000; m.conn_args.log2_ring_size = 6;
    m.conn_args.is_master = 1; m.conn_args.interface_id = 9;
    strcpy((char *)m.conn_args.interface_name, "memif_rx_0"); m.conn_args.mode = 2;
    hex(&m, sizeof m);
}
