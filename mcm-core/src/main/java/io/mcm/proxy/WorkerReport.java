package io.mcm.proxy;

/**
 * A worker's figures at one moment.
 *
 * @param name of its thread
 * @param ports camera ports that it owns
 * @param longestTurnNanos from waking up to waiting again, at most so far: so long a packet may have lain in its socket
 */
public record WorkerReport(String name, int ports, long longestTurnNanos) {

    static WorkerReport of(Worker worker) {
        return new WorkerReport(worker.name(), worker.portCount(), worker.longestTurnNanos());
    }
}
