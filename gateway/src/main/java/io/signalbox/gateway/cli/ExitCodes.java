package io.signalbox.gateway.cli;

/** Exit codes, as in BSD's sysexits. 0 is success, 2 is wrong usage (picocli's own). */
final class ExitCodes {
  /** It was tried and did not work. */
  static final int FAILED = 1;

  /** What was given is not acceptable. */
  static final int BAD_DATA = 65;

  /** The server does not answer, or takes nothing now. */
  static final int UNAVAILABLE = 69;

  /** The token is missing, wrong, or not allowed to. */
  static final int NO_PERMISSION = 77;

  /** The configuration has mistakes. */
  static final int BAD_CONFIGURATION = 78;

  private ExitCodes() {}

  /** The exit code that says the same as an HTTP status. */
  static int ofStatus(int status) {
    if (status < 400) {
      return 0;
    }
    return switch (status) {
      case 401, 403 -> NO_PERMISSION;
      case 400, 404, 413, 415, 422 -> BAD_DATA;
      case 502, 503, 504 -> UNAVAILABLE;
      default -> FAILED;
    };
  }
}
