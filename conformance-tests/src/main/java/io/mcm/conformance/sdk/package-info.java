/** The other side: a consumer's SDK in a process of its own, tried by a proxy that is made by hand and that may do wrong. */
package io.mcm.conformance.sdk;
