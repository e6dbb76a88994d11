package io.mcm.conformance.mutant;

import io.mcm.memif.TxQueue;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayDeque;

/** Ways to hand units over wrongly, each for one consumer. */
final class RingFaults {

    static final int START_CODE = 4;
    private static final int TYPE = 0x1f;
    private static final int STALE = 0x55;
    /** One unit in so many. */
    private static final int SOME = 7;
    private static final int TYPE_TOKEN_MASK = ~TYPE;

    private RingFaults() {}

    /** A whole unit in its buffer: the header's three fields are followed by something that only our SDK knows, then by start code and unit. */
    record Delivered(TxQueue ring, int length) {

        static final int TIMESTAMP_OFFSET = 2;
        static final int LENGTH_OFFSET = 6;
        static final int HEADER = 14;
        static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

        long unitLength() {
            return ring.segment().get(U64, ring.offset() + LENGTH_OFFSET);
        }

        void unitLength(long value) {
            ring.segment().set(U64, ring.offset() + LENGTH_OFFSET, value);
        }

        int timestamp() {
            return ring.segment().get(U32, ring.offset() + TIMESTAMP_OFFSET);
        }

        void timestamp(int value) {
            ring.segment().set(U32, ring.offset() + TIMESTAMP_OFFSET, value);
        }

        /** Start code and what follows. */
        MemorySegment unit() {
            return ring.segment().asSlice(ring.offset() + length - unitLength(), unitLength());
        }

        int header() {
            return unit().get(ValueLayout.JAVA_BYTE, START_CODE);
        }

        void header(int value) {
            unit().set(ValueLayout.JAVA_BYTE, START_CODE, (byte) value);
        }
    }

    /** Looks at a unit in its buffer, changes it, and says how long the packet is then. */
    @FunctionalInterface
    interface Change {
        int of(Delivered unit);
    }

    static RingFault changing(Change change) {
        return changingOneIn(1, change);
    }

    /** The others are sound: so the probe finds a proxy that delivers, and the case has something to compare. */
    private static RingFault changingOneIn(int n, Change change) {
        int[] count = new int[1];
        return new RingFault() {
            @Override
            public void commit(TxQueue ring, int length) {
                ring.commit(++count[0] % n == 0 ? change.of(new Delivered(ring, length)) : length);
            }
        };
    }

    static RingFault losesStartCode() {
        return changingOneIn(SOME, unit -> {
            MemorySegment bytes = unit.unit();
            MemorySegment.copy(bytes, START_CODE, bytes, 0, bytes.byteSize() - START_CODE);
            unit.unitLength(bytes.byteSize() - START_CODE);
            return unit.length() - START_CODE;
        });
    }

    static RingFault writesLengthBigEndian() {
        return changingOneIn(SOME, unit -> {
            unit.unitLength(Long.reverseBytes(unit.unitLength()));
            return unit.length();
        });
    }

    static RingFault writesTimestampLittleEndian() {
        return changing(unit -> {
            unit.timestamp(Integer.reverseBytes(unit.timestamp()));
            return unit.length();
        });
    }

    /** @param by bytes that are too many, or, where it is negative, too few */
    static RingFault missesLength(int by) {
        return changingOneIn(SOME, unit -> {
            unit.unitLength(unit.unitLength() + by);
            return unit.length() + by;
        });
    }

    /** The second half of a unit is not what was sent. */
    static RingFault leavesStaleData() {
        return changingOneIn(SOME, unit -> {
            MemorySegment bytes = unit.unit();
            bytes.asSlice(bytes.byteSize() / 2).fill((byte) STALE);
            return unit.length();
        });
    }

    static RingFault deliversTwice(int n) {
        int[] count = new int[1];
        return new RingFault() {
            @Override
            public void commit(TxQueue ring, int length) {
                byte[] bytes = ring.segment().asSlice(ring.offset(), length).toArray(ValueLayout.JAVA_BYTE);
                ring.commit(length);
                if (++count[0] % n == 0 && ring.claim()) {
                    MemorySegment.copy(bytes, 0, ring.segment(), ValueLayout.JAVA_BYTE, ring.offset(), length);
                    ring.commit(length);
                }
            }
        };
    }

    /** Writes a unit's last byte into the buffer before, which may be the consumer's by then. */
    static RingFault writesIntoTheBufferBefore() {
        MemorySegment[] before = new MemorySegment[1];
        return new RingFault() {
            @Override
            public void commit(TxQueue ring, int length) {
                MemorySegment here = ring.segment().asSlice(ring.offset() + length - 1, 1);
                if (before[0] != null) {
                    before[0].set(ValueLayout.JAVA_BYTE, 0, (byte) ~before[0].get(ValueLayout.JAVA_BYTE, 0));
                }
                before[0] = here;
                ring.commit(length);
            }

            @Override
            public void disconnected() {
                before[0] = null;
            }
        };
    }

    static RingFault losesOneIn(long n) {
        long[] count = new long[1];
        return new RingFault() {
            @Override
            public void commit(TxQueue ring, int length) {
                if (++count[0] % n == 0) {
                    ring.cancel();
                } else {
                    ring.commit(length);
                }
            }
        };
    }

    /** A consumer that sleeps is not woken: what it finds is what it was woken for the next time. */
    static RingFault forgetsToWake() {
        boolean[] forgotten = new boolean[1];
        return new RingFault() {
            @Override
            public void commit(TxQueue ring, int length) {
                forgotten[0] = !forgotten[0];
                ring.commit(length);
            }

            @Override
            public boolean shows() {
                return !forgotten[0];
            }
        };
    }

    /** As 24.09, whose NULL buffer is written to when the ring is full. */
    static RingFault diesWhenFull() {
        return new RingFault() {
            @Override
            public boolean claim(TxQueue ring) {
                if (!ring.claim()) {
                    throw new IllegalStateException("mutant: ring full");
                }
                return true;
            }
        };
    }

    /** One that makes room where there is none: a picture that the consumer has not taken yet becomes the latest one. */
    static RingFault overwritesWhatIsUnread() {
        ArrayDeque<MemorySegment> unread = new ArrayDeque<>();
        return new RingFault() {
            @Override
            public boolean claim(TxQueue ring) {
                boolean claimed = ring.claim();
                if (!claimed && !unread.isEmpty()) {
                    MemorySegment latest = unread.getLast();
                    MemorySegment.copy(latest, 0, unread.getFirst(), 0, latest.byteSize());
                }
                return claimed;
            }

            @Override
            public void commit(TxQueue ring, int length) {
                unread.add(ring.segment().asSlice(ring.offset(), length));
                if (unread.size() > ring.size()) {
                    unread.remove();
                }
                ring.commit(length);
            }

            @Override
            public void disconnected() {
                unread.clear();
            }
        };
    }

    /** As 24.09, whose ninth picture is the last before the heap is found broken. */
    static RingFault diesAfter(int units) {
        int[] count = new int[1];
        return new RingFault() {
            @Override
            public void commit(TxQueue ring, int length) {
                if (++count[0] > units) {
                    throw new IllegalStateException("mutant: after " + units + " units");
                }
                ring.commit(length);
            }
        };
    }

    /** @param death what ends the whole proxy, from another thread */
    static RingFault diesWithItsConsumer(Runnable death) {
        return new RingFault() {
            @Override
            public void disconnected() {
                death.run();
            }
        };
    }

    /** As 24.09: a unit that does not fit is told to be as long as it was, in a buffer that is not. */
    static RingFault deliversWhatDoesNotFit() {
        return new RingFault() {
            @Override
            public void cancel(TxQueue ring) {
                int capacity = ring.capacity();
                new Delivered(ring, capacity).unitLength(capacity + 1L);
                ring.commit(capacity);
            }
        };
    }

    /** The other half of {@link PacketFaults#hidesStapA}. */
    static RingFault showsStapA() {
        return changing(unit -> {
            if ((unit.header() & TYPE) == Packet.TOKEN) {
                unit.header(unit.header() & TYPE_TOKEN_MASK | Packet.STAP_A);
            }
            return unit.length();
        });
    }

    /** The other half of {@link PacketFaults#takesRuntsForPackets}: (int) 4 - 12 as a size_t. */
    static RingFault showsImpossibleLength() {
        return changing(unit -> {
            if ((unit.header() & TYPE) == Packet.TOKEN) {
                unit.unitLength(-8);
            }
            return unit.length();
        });
    }
}
