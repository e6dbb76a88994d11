package io.mcm.perf.gate;

/**
 * A build whose benches can be run.
 *
 * @param name      for people: {@code this build}, or what it was made from
 * @param classPath of a JVM that runs its benches
 */
public record Build(String name, String classPath) {

    /** The one that this JVM runs. */
    public static Build ours() {
        return new Build("this build", System.getProperty("java.class.path"));
    }
}
