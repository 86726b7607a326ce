package io.signalbox.gateway.cli.board;

/** Colours for terminals that have them; plain text for all others. Immutable. */
public final class Paint {
  /** No colours. */
  public static final Paint PLAIN = new Paint(false);

  /** The colours of every terminal. */
  public static final Paint COLOURS = new Paint(true);

  private static final String RESET = "\u001b[0m";

  private final boolean colours;

  private Paint(boolean colours) {
    this.colours = colours;
  }

  /** What a text is to stand out as. */
  public enum Tone {
    GOOD("32"),
    WARN("33"),
    BAD("31;1"),
    DIM("2"),
    BOLD("1");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  /** The text in its colour. */
  public String as(Tone tone, String text) {
    return colours && !text.isEmpty() ? "\u001b[" + tone.code + 'm' + text + RESET : text;
  }
}
