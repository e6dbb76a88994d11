/** Session descriptions (RFC 8866) as far as they tell of H.264 (RFC 6184 section 8): read from text, with what known cameras get wrong. */
package io.mcm.sdp;
