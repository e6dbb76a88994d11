package io.mcm.h264;

/**
 * Units sorted by their decoding order numbers, those of one number as they came. Most units belong near the end, so a place is looked
 * for from there: nearly always a step or two, as many as units wait at worst.
 */
final class DecodingQueue {

    private static final int FIRST_CAPACITY = 64;

    /** A ring: {@code size} units from {@code first} on. The capacity is a power of two. */
    private StoredUnit[] units = new StoredUnit[FIRST_CAPACITY];
    private int first;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** The first in decoding order; not while empty. */
    StoredUnit peek() {
        return units[first];
    }

    /** Takes the first one out; not while empty. */
    StoredUnit poll() {
        StoredUnit unit = units[first];
        units[first] = null;
        first = index(1);
        size--;
        return unit;
    }

    void add(StoredUnit unit) {
        if (size == units.length) {
            grow();
        }
        int place = size++;
        while (place > 0 && units[index(place - 1)].don() > unit.don()) {
            units[index(place)] = units[index(place - 1)];
            place--;
        }
        units[index(place)] = unit;
    }

    private int index(int place) {
        return first + place & units.length - 1;
    }

    private void grow() {
        StoredUnit[] larger = new StoredUnit[2 * units.length];
        for (int i = 0; i < size; i++) {
            larger[i] = units[index(i)];
        }
        units = larger;
        first = 0;
    }
}
