/** {@code mcm conformance}. */
package io.mcm.conformance.cli;
