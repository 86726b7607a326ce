package io.signalbox.provider.smtp;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the connection to the server is protected. */
enum SmtpSecurity {
  /** Begins in the clear and must be upgraded before anything is said; port 587. */
  STARTTLS(587),
  /** TLS from the first byte; port 465. */
  TLS(465),
  /** In the clear, login included; port 25. */
  NONE(25);

  private final int usualPort;

  SmtpSecurity(int usualPort) {
    this.usualPort = usualPort;
  }

  int usualPort() {
    return usualPort;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> codes() {
    return Arrays.stream(values()).map(SmtpSecurity::code).toList();
  }

  static SmtpSecurity ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
