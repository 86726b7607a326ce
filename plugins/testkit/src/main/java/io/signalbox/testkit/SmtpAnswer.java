package io.signalbox.testkit;

/**
 * What a {@link FakeSmtpServer} does at a stage.
 *
 * @param manner how
 * @param text the reply as it stands on the wire, without its last line break; empty if none
 */
public record SmtpAnswer(Manner manner, String text) {

  /** How a stage is answered. */
  public enum Manner {
    /** With the text. */
    SAY,
    /** With the text, and then the connection is closed. */
    SAY_AND_CUT,
    /** Not at all: the connection is closed. */
    CUT,
    /** Not at all: the connection stays open. */
    HANG
  }

  /** A reply, such as {@code 550 5.1.1 No such user}; several lines are joined by CRLF. */
  public static SmtpAnswer say(String text) {
    return new SmtpAnswer(Manner.SAY, text);
  }

  /** A reply after which the server closes the connection, as with 421. */
  public static SmtpAnswer sayAndCut(String text) {
    return new SmtpAnswer(Manner.SAY_AND_CUT, text);
  }

  /** The connection is closed without a reply. */
  public static SmtpAnswer cut() {
    return new SmtpAnswer(Manner.CUT, "");
  }

  /** Silence. */
  public static SmtpAnswer hang() {
    return new SmtpAnswer(Manner.HANG, "");
  }
}
