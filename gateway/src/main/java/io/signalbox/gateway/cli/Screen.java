package io.signalbox.gateway.cli;

import io.signalbox.gateway.cli.board.Words;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where a picture is shown that is drawn anew again and again: on a terminal in its second screen,
 * which leaves what stood there; elsewhere one after another. However the process ends, by Ctrl-C
 * too, the terminal is as it was before. One thread draws.
 */
final class Screen implements AutoCloseable {
  private static final String ENTER = "\u001b[?1049h\u001b[?25l";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String ERASE_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";
  private static final int ROWS = 24;
  private static final int LEAST_ROWS = 4;
  private static final int STTY_SECONDS = 2;

  /** Pictures between two questions how large the terminal is now. */
  private static final int ASK_EVERY = 5;

  private final PrintWriter out;
  private final boolean drawn;
  private final AtomicBoolean left = new AtomicBoolean();
  private final Thread hook = new Thread(this::leave, "signalbox-screen");
  private int shown;
  private int rows = ROWS;
  private int columns = Output.WIDTH;

  private Screen(PrintWriter out, boolean drawn) {
    this.out = out;
    this.drawn = drawn;
  }

  /** On a terminal. */
  static Screen open(PrintWriter out) {
    Screen screen = new Screen(out, true);
    Runtime.getRuntime().addShutdownHook(screen.hook);
    screen.write(ENTER);
    return screen;
  }

  /** Where nothing can be drawn anew. */
  static Screen plain(PrintWriter out) {
    return new Screen(out, false);
  }

  /** How wide a picture may be. */
  int width() {
    return columns;
  }

  /** Shows a picture in place of the one before. */
  void show(List<String> lines) {
    if (!drawn) {
      lines.forEach(out::println);
      out.println();
      out.flush();
      return;
    }
    if (shown++ % ASK_EVERY == 0) {
      measure();
    }
    StringBuilder picture = new StringBuilder(HOME);
    int room = Math.min(lines.size(), rows - 1);
    for (String line : lines.subList(0, room)) {
      picture.append(line).append(ERASE_LINE).append("\r\n");
    }
    picture.append(ERASE_BELOW);
    if (room < lines.size()) {
      picture
          .append("... ")
          .append(Words.plural((long) lines.size() - room, "line"))
          .append(" more");
    }
    write(picture.toString());
  }

  /** Shows the last picture under what has gone wrong since. */
  void interrupted(List<String> trouble, List<String> last) {
    List<String> lines = new ArrayList<>(trouble);
    if (drawn) {
      lines.addAll(last);
    }
    show(lines);
  }

  private synchronized void write(String text) {
    if (!left.get()) {
      out.print(text);
      out.flush();
    }
  }

  private synchronized void leave() {
    if (drawn && left.compareAndSet(false, true)) {
      out.print(LEAVE);
      out.flush();
    }
  }

  @Override
  public void close() {
    leave();
    if (drawn) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException theProcessEnds) {
        // The hook runs then.
      }
    }
  }

  /** The size of the terminal, as stty says; what was known before if it does not. */
  private void measure() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String[] size =
          new String(stty.getInputStream().readNBytes(64), StandardCharsets.US_ASCII)
              .strip()
              .split(" ", -1);
      if (stty.waitFor(STTY_SECONDS, TimeUnit.SECONDS) && size.length == 2) {
        int given = Integer.parseInt(size[0]);
        rows = given == 0 ? ROWS : Math.max(LEAST_ROWS, given);
        columns = Math.max(Output.WIDTH, Integer.parseInt(size[1]));
      }
    } catch (IOException | NumberFormatException noSize) {
      // It stays.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
