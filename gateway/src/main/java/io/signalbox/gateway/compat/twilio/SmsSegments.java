package io.signalbox.gateway.compat.twilio;

/** How many parts a text needs on its way to a phone. */
final class SmsSegments {
  private static final String GSM =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final String GSM_EXTENDED = "\f^{}\\[~]|€";
  private static final int GSM_ALONE = 160;
  private static final int GSM_JOINED = 153;
  private static final int UCS2_ALONE = 70;
  private static final int UCS2_JOINED = 67;

  private SmsSegments() {}

  /** At least one: in septets of GSM 03.38 where its letters are enough, else in UCS-2. */
  static int of(String text) {
    int septets = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (GSM.indexOf(c) >= 0) {
        septets++;
      } else if (GSM_EXTENDED.indexOf(c) >= 0) {
        septets += 2;
      } else {
        return parts(text.length(), UCS2_ALONE, UCS2_JOINED);
      }
    }
    return parts(septets, GSM_ALONE, GSM_JOINED);
  }

  private static int parts(int units, int alone, int joined) {
    return units <= alone ? 1 : (units + joined - 1) / joined;
  }
}
