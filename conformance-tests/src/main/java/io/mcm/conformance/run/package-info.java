/** Plays cases against a target and keeps what came of each. */
package io.mcm.conformance.run;
