/**
 * Ways to receive UDP, side by side: CPU time per packet at a paced rate, and the highest rate without loss. The sender is a thread of the same
 * process; over loopback the kernel's receive path runs in it, so what is measured is the receiver's own part.
 */
package io.mcm.perf.udp;
