package io.signalbox.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The commands of a page that tests carry out as they stand there: blocks of {@code sh} below a
 * comment with their name, which no reader of the page sees.
 */
final class DocumentSteps {
  private static final Pattern STEP =
      Pattern.compile("<!-- step: (\\S+) -->\\n```sh\\n(.*?)```", Pattern.DOTALL);

  private DocumentSteps() {}

  /** The steps of a page by their names, in its order. */
  static Map<String, String> of(Path page) {
    Map<String, String> steps = new LinkedHashMap<>();
    try {
      STEP.matcher(Files.readString(page))
          .results()
          .forEach(
              step -> {
                if (steps.put(step.group(1), step.group(2)) != null) {
                  throw new AssertionError(page + " has two steps " + step.group(1));
                }
              });
    } catch (IOException e) {
      throw new AssertionError(page.toString(), e);
    }
    return steps;
  }
}
