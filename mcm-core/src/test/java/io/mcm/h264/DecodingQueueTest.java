package io.mcm.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DecodingQueueTest {

    private static StoredUnit unit(long don) {
        StoredUnit unit = new StoredUnit();
        unit.begin(NalUnitOrigin.of(0, 0, 0), 0x41, don);
        return unit;
    }

    /** Negative numbers take the first unit out. */
    @Property(tries = 300)
    void givesUnitsInTheirOrderAndThoseOfOneNumberAsTheyCame(@ForAll @Size(max = 300) List<@IntRange(min = -40, max = 60) Integer> steps) {
        DecodingQueue queue = new DecodingQueue();
        List<StoredUnit> model = new ArrayList<>();
        for (int step : steps) {
            if (step >= 0) {
                StoredUnit unit = unit(step);
                queue.add(unit);
                model.add(unit);
                model.sort(Comparator.comparingLong(StoredUnit::don));
            } else if (!model.isEmpty()) {
                assertThat(queue.peek()).isSameAs(model.getFirst());
                assertThat(queue.poll()).isSameAs(model.removeFirst());
            }
            assertThat(queue.isEmpty()).isEqualTo(model.isEmpty());
        }
        model.forEach(unit -> assertThat(queue.poll()).isSameAs(unit));
    }
}
