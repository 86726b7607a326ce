package io.signalbox.gateway.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A line on stderr that shows how far long work is. Only for a terminal that can draw it anew:
 * pipes, files and {@code --json} get nothing.
 */
final class Progress {
  private static final long EVERY_MILLIS = 200;
  private static final int CELLS = 30;
  private static final String ERASE = "\r\u001b[K";

  private final String what;
  private final Duration expected;
  private final PrintWriter err;
  private final long began = System.nanoTime();
  private final CountDownLatch ended = new CountDownLatch(1);

  private Progress(String what, Duration expected, PrintWriter err) {
    this.what = what;
    this.expected = expected;
    this.err = err;
  }

  /** Something that takes a while. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /**
   * Does the work on this thread, and shows meanwhile how far it is, where a person looks.
   *
   * @param expected how long the work takes at most; zero if nobody knows
   */
  static <T, E extends Exception> T during(
      String what, Duration expected, Output output, Work<T, E> work) throws E {
    if (output.isJson() || !Terminal.isStderr() || !Terminal.isClever(System.getenv())) {
      return work.run();
    }
    Progress progress = new Progress(what, expected, output.err());
    Thread shown = new Thread(progress::show, "progress");
    shown.setDaemon(true);
    shown.start();
    try {
      return work.run();
    } finally {
      progress.end();
    }
  }

  private void show() {
    try {
      while (!ended.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        draw(line(what, Duration.ofNanos(System.nanoTime() - began), expected));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void draw(String line) {
    if (ended.getCount() > 0) {
      err.print(ERASE + line);
      err.flush();
    }
  }

  /** What is printed next stands where the line stood. */
  private synchronized void end() {
    ended.countDown();
    err.print(ERASE);
    err.flush();
  }

  /** The line: a bar if its end is known, or else how long it has taken. */
  static String line(String what, Duration passed, Duration expected) {
    if (expected.isZero()) {
      return what + " ... " + passed.toSeconds() + " s";
    }
    double share = Math.min(1, (double) passed.toMillis() / expected.toMillis());
    int full = (int) (share * CELLS);
    return what
        + " ["
        + "#".repeat(full)
        + ".".repeat(CELLS - full)
        + "] "
        + passed.toSeconds()
        + " of at most "
        + expected.toSeconds()
        + " s";
  }
}
