/** Figures for everything that may be lost, and log lines that cannot flood. */
package io.mcm.metric;
