/** Figures for everything that may be lost, log lines that cannot flood, and reasons in words. */
package io.mcm.metric;
