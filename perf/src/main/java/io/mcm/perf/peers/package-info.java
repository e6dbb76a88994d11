/** {@code mcm perf peers}: the same work by us and by others, in one run, each where it is installed. */
package io.mcm.perf.peers;
