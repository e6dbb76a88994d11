package io.mcm.cli;

import java.util.concurrent.Callable;

/**
 * A sub-command of {@code mcm}: a class with picocli's {@code @Command}, found by {@link java.util.ServiceLoader}, so that each
 * module brings its own. The answer is the exit code: {@link ExitCode}.
 */
public interface McmCommand extends Callable<Integer> {}
