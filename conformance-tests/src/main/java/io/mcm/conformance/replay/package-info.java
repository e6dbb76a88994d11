/** Captures of the user's cameras as cases: what arrives must be what our own reading of the capture gives, NAL unit by NAL unit. */
package io.mcm.conformance.replay;
