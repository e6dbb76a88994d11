/** The proxies that are tried: one in this process, one in a process of its own, or anybody's; and the probe that finds out what they do. */
package io.mcm.conformance.target;
