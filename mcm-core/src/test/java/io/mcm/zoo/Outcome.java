package io.mcm.zoo;

import java.util.List;
import java.util.SortedMap;

/**
 * What comes out of a stream.
 *
 * @param units       each in hexadecimal digits
 * @param accessUnits number of NAL units in each
 * @param counts      every counter that is not zero, but for those of what is good
 */
record Outcome(List<String> units, List<Integer> accessUnits, SortedMap<String, Long> counts) {}
