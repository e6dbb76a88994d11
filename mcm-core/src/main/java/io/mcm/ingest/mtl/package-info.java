/**
 * Packets through Intel's Media Transport Library (MTL), as installed on this machine: its mudp sockets (mudp_api.h), over a kernel
 * interface, AF_PACKET, AF_XDP or a NIC of DPDK's own. Any libmtl of 23.12 to 26.01; later ones have no mudp any more. No package ships
 * libmtl, so it is loaded when asked for.
 */
package io.mcm.ingest.mtl;
