package io.signalbox.gateway.cli.board;

/** How a provider stands, as its lamp in the API says; the worst first. */
public enum Level {
  /** Nothing can be sent over it, or nearly nothing. */
  DOWN("red", "DOWN", Paint.Tone.BAD),
  /** It works, and somebody should look. */
  ATTENTION("amber", "LOOK", Paint.Tone.WARN),
  /** It works. */
  OK("green", "ok", Paint.Tone.GOOD),
  /** Nothing was sent over it yet. */
  IDLE("grey", "idle", Paint.Tone.DIM);

  private final String lamp;
  private final String label;
  private final Paint.Tone tone;

  Level(String lamp, String label, Paint.Tone tone) {
    this.lamp = lamp;
    this.label = label;
    this.tone = tone;
  }

  static Level of(String lamp) {
    for (Level level : values()) {
      if (level.lamp.equals(lamp)) {
        return level;
      }
    }
    return OK;
  }

  /** Whether somebody should look. */
  public boolean isTrouble() {
    return this == DOWN || this == ATTENTION;
  }

  String label() {
    return label;
  }

  Paint.Tone tone() {
    return tone;
  }
}
