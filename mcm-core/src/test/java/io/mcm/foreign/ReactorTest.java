package io.mcm.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ReactorTest {

    private static final long MILLI = 1_000_000;

    private final Reactor reactor = new Reactor();
    private final List<EventFd> events = new ArrayList<>();
    private int calls;

    @AfterEach
    void close() {
        events.forEach(EventFd::close);
        reactor.close();
    }

    private EventFd event() {
        EventFd event = EventFd.create();
        events.add(event);
        return event;
    }

    private EventFd signalled() {
        EventFd event = event();
        event.signal();
        return event;
    }

    @Test
    void nothingReadableCallsNothing() {
        reactor.add(event().fd(), () -> calls++);
        assertThat(reactor.poll(0)).isZero();
        assertThat(calls).isZero();
    }

    @Test
    void aReadableDescriptorIsCalledInEveryTurnUntilItIsDrained() {
        EventFd event = signalled();
        reactor.add(event.fd(), () -> calls++);
        assertThat(reactor.poll(0) + reactor.poll(-1)).isEqualTo(2);
        event.drain();
        assertThat(reactor.poll(0)).isZero();
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void aTimeoutIsRoundedUpSoThatAShortWaitIsNoSpin() {
        long start = System.nanoTime();
        assertThat(reactor.poll(1)).isZero();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(MILLI / 2);
    }

    @Test
    void aTimeoutEndsAWait() {
        long start = System.nanoTime();
        assertThat(reactor.poll(20 * MILLI)).isZero();
        assertThat(System.nanoTime() - start).isBetween(19 * MILLI, 20_000 * MILLI);
    }

    @Test
    void wakeEndsAWaitOfAnotherThreadAndIsNoHandlersCall() throws Exception {
        Thread waker = Thread.ofPlatform().start(reactor::wake);
        assertThat(reactor.poll(-1)).isZero();
        waker.join();
    }

    @Test
    void wakeBeforeTheWaitIsNotLost() {
        reactor.wake();
        reactor.wake();
        assertThat(reactor.poll(-1)).isZero();
        assertThat(reactor.poll(0)).as("one wait took both").isZero();
    }

    @Test
    void aHandlerThatRemovesAnotherKeepsItFromBeingCalledInTheSameTurn() {
        EventFd first = signalled();
        EventFd second = signalled();
        reactor.add(first.fd(), () -> removeOther(second));
        reactor.add(second.fd(), () -> removeOther(first));
        assertThat(reactor.poll(0)).isEqualTo(1);
        assertThat(calls).isEqualTo(1);
    }

    private void removeOther(EventFd other) {
        calls++;
        reactor.remove(other.fd());
    }

    @Test
    void aHandlerMayRemoveItself() {
        EventFd event = signalled();
        reactor.add(event.fd(), () -> reactor.remove(event.fd()));
        assertThat(reactor.poll(0)).isEqualTo(1);
        assertThat(reactor.poll(0)).isZero();
    }

    /** The number of a closed descriptor is given out again at once: its event of before must not reach the new handler. */
    @Test
    void aStaleEventDoesNotReachTheNextOwnerOfTheNumber() {
        EventFd first = signalled();
        EventFd second = signalled();
        Runnable replaceBoth = () -> {
            calls++;
            replaceWithSilent(first);
            replaceWithSilent(second);
        };
        reactor.add(first.fd(), replaceBoth);
        reactor.add(second.fd(), replaceBoth);
        assertThat(reactor.poll(0)).isEqualTo(1);
        assertThat(calls).isEqualTo(1);
    }

    private void replaceWithSilent(EventFd old) {
        reactor.remove(old.fd());
        old.close();
        EventFd next = event();
        assertThat(next.fd()).as("the number is used again").isEqualTo(old.fd());
        reactor.add(next.fd(), () -> calls += 100);
    }

    @Test
    void addingTwiceFailsAndTheFirstHandlerStays() {
        EventFd event = signalled();
        reactor.add(event.fd(), () -> calls++);
        assertThatThrownBy(() -> reactor.add(event.fd(), () -> calls += 100)).isInstanceOf(SystemCallException.class);
        assertThat(reactor.poll(0)).isEqualTo(1);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void whatCannotBeAddedCanBeRemovedAllTheSame() {
        assertThatThrownBy(() -> reactor.add(999, () -> {})).isInstanceOf(SystemCallException.class).hasMessageContaining("EBADF");
        reactor.remove(999);
        reactor.remove(100_000);
    }

    @Test
    void descriptorsAreAddedFarBeyondTheFirstTable() {
        for (int i = 0; i < 300; i++) {
            reactor.add(signalled().fd(), () -> calls++);
        }
        int called = reactor.poll(0);
        called += reactor.poll(0);
        assertThat(called).as("two turns of 256, level-triggered").isGreaterThanOrEqualTo(300);
        events.forEach(event -> reactor.remove(event.fd()));
        assertThat(reactor.poll(0)).isZero();
    }

    @Test
    void aHandlersExceptionReachesTheCallerAndTheReactorGoesOn() {
        EventFd event = signalled();
        reactor.add(event.fd(), () -> {
            event.drain();
            throw new IllegalArgumentException("handler");
        });
        assertThatThrownBy(() -> reactor.poll(0)).hasMessage("handler");
        event.signal();
        assertThatThrownBy(() -> reactor.poll(0)).hasMessage("handler");
    }

    @Test
    void aHandlerMayPoll() {
        EventFd outer = signalled();
        EventFd inner = signalled();
        reactor.add(outer.fd(), () -> {
            outer.drain();
            reactor.poll(0);
        });
        reactor.add(inner.fd(), () -> {
            inner.drain();
            calls++;
        });
        reactor.poll(0);
        reactor.poll(0);
        assertThat(calls).isPositive();
    }

    @Test
    void closeFreesItsDescriptors() {
        ProcessResources before = ProcessResources.now();
        Reactor other = new Reactor();
        assertThat(ProcessResources.now()).isNotEqualTo(before);
        other.close();
        other.close();
        other.wake();
        assertThat(ProcessResources.settled(before)).isEqualTo(before);
    }
}
