package io.mcm.perf.memif;

/**
 * What a peer measured.
 *
 * @param messages counted after the warm-up
 * @param nanos from the first of them to the last
 * @param p50 of the round trip, in nanoseconds; 0 one way
 * @param gaps messages that did not follow their predecessor: anything but 0 makes the result worthless
 */
record Result(long messages, long nanos, long p50, long p99, long p999, long gaps) {

    /** Where there is no such peer. */
    static final Result NONE = new Result(0, 0, 0, 0, 0, 0);

    static Result parse(String line) {
        String[] words = line.split(" ");
        if (words.length != 7 || !words[0].equals("result")) {
            throw new IllegalStateException("a peer answered: " + line);
        }
        return new Result(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4]),
            Long.parseLong(words[5]), Long.parseLong(words[6]));
    }

    String line() {
        return String.join(" ", "result", String.valueOf(messages), String.valueOf(nanos), String.valueOf(p50), String.valueOf(p99),
            String.valueOf(p999), String.valueOf(gaps));
    }

    /** Messages a second, one way. */
    double rate() {
        return nanos == 0 ? 0 : messages * 1e9 / nanos;
    }
}
