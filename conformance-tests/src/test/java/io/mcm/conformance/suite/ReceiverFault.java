package io.mcm.conformance.suite;

import java.util.List;
import java.util.Locale;

/** What a receiver by hand can do wrong, and the cases that must each fail because of it. */
public enum ReceiverFault {
    SOUND,
    WRITES_DATA_LEN_BIG_ENDIAN("sdk/create-is-well-formed"),
    NAMES_ANOTHER_PORT("sdk/create-is-well-formed"),
    QUERIES_ANOTHER_SESSION("sdk/query-follows"),
    READS_EACH_ANSWER_ONCE("sdk/answers-byte-by-byte"),
    KEEPS_FOUR_DIGITS_OF_THE_PORT("sdk/port-of-five-digits"),
    WAITS_FOR_EVER_FOR_AN_ANSWER("sdk/no-answer-to-create"),
    FORGETS_THE_INTERFACE_ID("sdk/interface-id"),
    GIVES_NO_BUFFERS_BACK("sdk/gives-buffers-back", "sdk/thousand-units"),
    ENDS_OF_A_SPURIOUS_WAKE_UP("sdk/spurious-wake-up"),
    TAKES_ONE_UNIT_A_WAKE_UP("sdk/one-wake-up-for-many"),
    READS_THE_RING_BEFORE_THE_EVENTFD("sdk/no-lost-wake-up"),
    ENDS_AFTER_A_SECOND_OF_NOTHING("sdk/pause"),
    IGNORES_THE_LENGTH_OF_THE_HEADER("sdk/descriptor-as-long-as-the-buffer"),
    TRUSTS_THE_LENGTH_OF_THE_HEADER("sdk/header-length-one-too-large"),
    WRITES_THE_HEADER("sdk/one-unit"),
    WRITES_NO_START_CODE("sdk/one-unit"),
    WRITES_EACH_UNIT_TWICE("sdk/one-unit"),
    SWAPS_UNITS("sdk/burst-of-64"),
    KEEPS_SIXTEEN_BITS_OF_A_LENGTH("sdk/unit-of-five-megabytes"),
    STOPS_WHERE_THE_INDEX_WRAPS("sdk/ring-index-wraps"),
    FOLLOWS_ANY_TAIL("sdk/tail-jumps"),
    SENDS_NO_DESTROY("sdk/destroy-when-stopped"),
    DIES_OF_THE_END_OF_THE_PROXY("sdk/proxy-dies-while-streaming");

    private final List<String> caughtBy;

    ReceiverFault(String... caughtBy) {
        this.caughtBy = List.of(caughtBy);
    }

    public List<String> caughtBy() {
        return caughtBy;
    }

    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
