package io.signalbox.provider.smtp;

import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.RecipientMask;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server's reply, read.
 *
 * @param code of RFC 5321; 0 if what came is no reply
 * @param subject of the enhanced code (RFC 3463); -1 if there is none
 * @param detail of the enhanced code; -1 if there is none
 * @param enhanced the enhanced code as it came; null if there is none
 * @param text without codes, lines joined by spaces
 */
record SmtpReply(int code, int subject, int detail, @Nullable String enhanced, String text) {
  private static final Pattern LINE = Pattern.compile("([2-5]\\d\\d)(?:[ -](.*))?");
  private static final Pattern ENHANCED =
      Pattern.compile("\\W{0,2}([245])\\.(\\d{1,3})\\.(\\d{1,3})(?!\\d)\\s*");

  /** Reads the lines of a reply. */
  static SmtpReply of(List<String> lines) {
    Matcher first = lines.isEmpty() ? null : LINE.matcher(lines.get(0).strip());
    if (first == null || !first.matches()) {
      return new SmtpReply(0, -1, -1, null, String.join(" ", lines));
    }
    int subject = -1;
    int detail = -1;
    String enhanced = null;
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      String said = line.length() > 4 ? line.substring(4).strip() : "";
      Matcher matcher = ENHANCED.matcher(said);
      if (matcher.lookingAt()) {
        if (enhanced == null) {
          subject = Integer.parseInt(matcher.group(2));
          detail = Integer.parseInt(matcher.group(3));
          enhanced = matcher.group(1) + "." + subject + "." + detail;
        }
        said = said.substring(matcher.end());
      }
      text.append(text.isEmpty() || said.isEmpty() ? "" : " ").append(said);
    }
    return new SmtpReply(
        Integer.parseInt(first.group(1)), subject, detail, enhanced, text.toString());
  }

  /**
   * The reply without the recipient's address, as it was given or as it went over the wire: the
   * words of an address are not the server's.
   */
  SmtpReply without(Recipient recipient) {
    String onTheWire = MailAddress.of(recipient.address()).orElse("");
    String given = RecipientMask.masked(text, recipient);
    String masked = RecipientMask.masked(given, new Recipient.Email(onTheWire));
    return new SmtpReply(code, subject, detail, enhanced, Objects.requireNonNullElse(masked, ""));
  }

  /** Whether the server certainly does not do what it was asked for. */
  boolean refuses() {
    return code >= 400;
  }

  boolean isEnhanced(int expectedSubject, int expectedDetail) {
    return subject == expectedSubject && detail == expectedDetail;
  }

  /** Whether the text contains the words, whatever their case. */
  boolean says(String words) {
    return text.toLowerCase(Locale.ROOT).contains(words);
  }

  /** Such as {@code 550 5.1.1}; {@code no_reply} for what is no reply. */
  String codes() {
    if (code == 0) {
      return "no_reply";
    }
    return enhanced == null ? Integer.toString(code) : code + " " + enhanced;
  }
}
