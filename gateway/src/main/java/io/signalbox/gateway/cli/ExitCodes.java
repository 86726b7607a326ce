package io.signalbox.gateway.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Exit codes, as in BSD's sysexits. */
final class ExitCodes {
  /** What each code means, for help and documentation. */
  static final Map<String, String> MEANINGS = meanings();

  /** The command line itself is wrong: picocli's own. */
  static final int USAGE = 2;

  /** It was tried and did not work. */
  static final int FAILED = 1;

  /** What was given is not acceptable. */
  static final int BAD_DATA = 65;

  /** The server does not answer, or takes nothing now. */
  static final int UNAVAILABLE = 69;

  /** The command has a bug, or the machine does not play along. */
  static final int SOFTWARE = 70;

  /** The token is missing, wrong, or not allowed to. */
  static final int NO_PERMISSION = 77;

  /** The configuration has mistakes. */
  static final int BAD_CONFIGURATION = 78;

  private ExitCodes() {}

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("0", "done");
    put(meanings, FAILED, "it was tried and did not work, or the answer is no");
    put(meanings, USAGE, "the command line is wrong: an option, or a verb");
    put(meanings, BAD_DATA, "what was given is not acceptable (3xx, 400, 404, 413, 415, 422)");
    put(meanings, UNAVAILABLE, "the gateway does not answer, or takes nothing (502 to 504)");
    put(meanings, SOFTWARE, "unexpected; SIGNALBOX_DEBUG=1 shows where");
    put(meanings, NO_PERMISSION, "the token is missing, wrong, or may not (401, 403)");
    put(meanings, BAD_CONFIGURATION, "the configuration has mistakes");
    meanings.put("130", "ended by Ctrl-C");
    return Collections.unmodifiableMap(meanings);
  }

  private static void put(Map<String, String> meanings, int code, String meaning) {
    meanings.put(Integer.toString(code), meaning);
  }

  /** The exit code that says the same as an HTTP status. */
  static int ofStatus(int status) {
    if (status < 300) {
      return 0;
    }
    if (status < 400) {
      return BAD_DATA;
    }
    return switch (status) {
      case 401, 403 -> NO_PERMISSION;
      case 400, 404, 413, 415, 422 -> BAD_DATA;
      case 502, 503, 504 -> UNAVAILABLE;
      default -> FAILED;
    };
  }
}
