package io.signalbox.gateway.contract;

/** A path of the document, with parameters in braces. */
final class PathTemplate {
  private final String[] steps;

  PathTemplate(String template) {
    this.steps = template.split("/", -1);
  }

  /** Whether a path is one of these. */
  boolean fits(String path) {
    String[] given = path.split("/", -1);
    if (given.length != steps.length) {
      return false;
    }
    for (int i = 0; i < steps.length; i++) {
      if (isParameter(i) ? given[i].isEmpty() : !steps[i].equals(given[i])) {
        return false;
      }
    }
    return true;
  }

  /** How many of its steps are words: of several that fit, that with the most is meant. */
  int words() {
    int words = 0;
    for (int i = 0; i < steps.length; i++) {
      words += isParameter(i) ? 0 : 1;
    }
    return words;
  }

  private boolean isParameter(int step) {
    return steps[step].startsWith("{");
  }
}
