/**
 * The control protocol of MCM 24.09 between a micro-service and the media proxy, both sides: raw little-endian C structs over TCP
 * ({@code mcm_dp.h}, {@code media_proxy_ctrl.c} and {@code api_server_tcp.cc} of Media Communications Mesh, maint-24.09).
 *
 * <pre>
 *   client                                                     proxy
 *     | header 8 | command 4 | mcm_conn_param 304   CREATE        |
 *     |---------------------------------------------------------->|
 *     |<--------------------------------- session id 4, one write |
 *     | header 8 | command 4 | session id 4         QUERY         |
 *     |---------------------------------------------------------->|
 *     |<-------------------------- memif_conn_param 296, one write|
 *     | header 8 | command 4 | session id 4         DESTROY       |
 *     |---------------------------------------------------------->|   no answer
 * </pre>
 *
 * The C SDK reads each answer with one {@code read} and does not complete a short one, so each answer is one segment. It waits
 * without a timeout, so the proxy says no by closing the connection: the C SDK then returns NULL.
 */
package io.mcm.control;
