/** Where datagrams come in. Knows sockets and nothing of what the datagrams mean. */
package io.mcm.ingest;
