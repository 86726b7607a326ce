package io.signalbox.gateway.cli.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a gateway is in one word and one line, with the exit codes of monitoring plugins.
 *
 * @param state the word
 * @param summary what is wrong, or that nothing is; one line
 */
public record Verdict(State state, String summary) {
  private static final int LONGEST = 400;

  /** The states, with the exit codes that monitoring plugins have. */
  public enum State {
    OK(0),
    WARNING(1),
    CRITICAL(2),
    UNKNOWN(3);

    private final int exitCode;

    State(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code. */
    public int exitCode() {
      return exitCode;
    }

    /** The lower-case name for JSON. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The verdict on what a gateway tells. Modes that lose nothing but spare capacity warn, as does a
   * provider that somebody should look at; modes that delay notifications are critical, as is a
   * gateway that takes none.
   */
  public static Verdict of(Board board) {
    List<String> words = new ArrayList<>();
    if (!board.ready()) {
      words.add(board.readiness());
    }
    if (!board.running()) {
      words.add("work is due and nothing is done");
    }
    board.troubled().forEach(provider -> words.add(provider.summary()));
    words.addAll(board.reasons());
    board.dependencies().stream()
        .filter(Board.Dependency::isTrouble)
        .map(
            one ->
                one.name()
                    + ' '
                    + one.status()
                    + (one.detail().isEmpty() ? "" : ": ")
                    + one.detail())
        .forEach(words::add);
    State state = state(board, words.isEmpty());
    String mode = board.mode().isEmpty() ? "mode not known" : board.mode();
    String summary =
        words.isEmpty() ? mode + ", " + well(board) : mode + ": " + String.join("; ", words);
    return new Verdict(state, cut(Words.printable(summary)));
  }

  private static State state(Board board, boolean nothingWrong) {
    if (!board.ready() || !board.running()) {
      return State.CRITICAL;
    }
    return switch (board.mode()) {
      case "DEGRADED", "CRITICAL" -> State.CRITICAL;
      case "" -> State.UNKNOWN;
      default -> nothingWrong && "NORMAL".equals(board.mode()) ? State.OK : State.WARNING;
    };
  }

  private static String well(Board board) {
    return board
        .providers()
        .map(all -> Words.plural(all.size(), "provider") + ", none in trouble")
        .orElse("nothing in trouble that this token may see");
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 2) + "..";
  }

  /** The line of a monitoring plugin, with the figures that it keeps. */
  public String line(Board board) {
    return "SIGNALBOX "
        + state
        + " - "
        + summary.replace('|', '/')
        + " | waiting="
        + board.waiting()
        + " oldest_due="
        + board.oldestDueMillis()
        + "ms providers_in_trouble="
        + board.troubled().size();
  }
}
