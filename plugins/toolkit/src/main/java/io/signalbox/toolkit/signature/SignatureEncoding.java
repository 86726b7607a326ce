package io.signalbox.toolkit.signature;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the bytes of a signature are written as text. */
public enum SignatureEncoding {
  /** Lower case when written; either case when read. */
  HEX,
  /** With padding when written; with or without when read. */
  BASE64,
  /** The URL-safe alphabet without padding, as JSON Web Tokens have it. */
  BASE64URL;

  /**
   * {@return the text of the bytes}
   *
   * @param bytes of a signature
   */
  public String encode(byte[] bytes) {
    return switch (this) {
      case HEX -> HexFormat.of().formatHex(bytes);
      case BASE64 -> Base64.getEncoder().encodeToString(bytes);
      case BASE64URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    };
  }

  /**
   * The bytes of the text; empty if it is missing or not of this encoding.
   *
   * @param text as a header has it; null if it is missing
   * @return the bytes; empty if the text is missing or not of that encoding
   */
  public Optional<byte[]> decode(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          switch (this) {
            case HEX -> HexFormat.of().parseHex(text);
            case BASE64 -> Base64.getDecoder().decode(text);
            case BASE64URL -> Base64.getUrlDecoder().decode(text);
          });
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
