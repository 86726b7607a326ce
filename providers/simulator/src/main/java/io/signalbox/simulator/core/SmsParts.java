package io.signalbox.simulator.core;

/** How many SMS a text takes. */
public final class SmsParts {
  private static final String GSM_EXTRA = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ ¤¡ÄÖÑÜ§¿äöñüà";
  private static final String GSM_DOUBLE = "\f^{}\\[~]|€";
  private static final int GSM_SINGLE = 160;
  private static final int GSM_PART = 153;
  private static final int UCS2_SINGLE = 70;
  private static final int UCS2_PART = 67;

  private SmsParts() {}

  /** The number of parts, at least 1, in the encoding that the text needs. */
  public static int count(String text) {
    int septets = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (GSM_DOUBLE.indexOf(c) >= 0) {
        septets += 2;
      } else if ((c >= ' ' && c < 127 && c != '`') || GSM_EXTRA.indexOf(c) >= 0) {
        septets++;
      } else {
        return parts(text.length(), UCS2_SINGLE, UCS2_PART);
      }
    }
    return parts(septets, GSM_SINGLE, GSM_PART);
  }

  private static int parts(int length, int single, int part) {
    return length <= single ? 1 : (length + part - 1) / part;
  }
}
