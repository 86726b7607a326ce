package io.signalbox.provider.vonage;

/**
 * The characters that an SMS carries in 7 bits (GSM 03.38 with its extension table). Any other
 * character would arrive as a question mark, unless the message is sent as Unicode.
 */
final class GsmAlphabet {
  private static final String CHARACTERS =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
          + "\f^{}\\[~]|€";

  private GsmAlphabet() {}

  static boolean covers(String text) {
    return text.chars().allMatch(character -> CHARACTERS.indexOf(character) >= 0);
  }
}
