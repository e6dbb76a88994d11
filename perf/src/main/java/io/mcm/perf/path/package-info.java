/**
 * What a packet costs the proxy, beside a bare receive loop and beside the work of MCM 24.09's proxy as a C program of ours, which get the
 * same traffic in the same run.
 */
package io.mcm.perf.path;
