package io.signalbox.gateway.template;

import io.signalbox.gateway.ledger.TemplateDocument;
import io.signalbox.gateway.ledger.TemplateParts;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.notification.TemplateRules;
import io.signalbox.gateway.template.Part.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with a template that somebody wrote. Pure. */
final class DocumentCheck {
  /** How many languages a template may have. */
  static final int MOST_LOCALES = 50;

  private static final int MOST_PROBLEMS = 50;

  private final List<FieldProblem> problems = new ArrayList<>();

  private DocumentCheck() {}

  /** All mistakes, at most fifty; empty if it can be stored. */
  static List<FieldProblem> problems(TemplateDocument document) {
    DocumentCheck check = new DocumentCheck();
    check.check(document);
    return check.problems.subList(0, Math.min(MOST_PROBLEMS, check.problems.size()));
  }

  private void check(TemplateDocument document) {
    String description = document.description();
    if (description != null && description.chars().anyMatch(Character::isISOControl)) {
      problem("/description", "must be one line without control characters");
    }
    if (document.locales().size() > MOST_LOCALES) {
      problem("/locales", "must have at most " + MOST_LOCALES + " languages");
      return;
    }
    if (!document.locales().containsKey(document.defaultLocale())) {
      problem("/default_locale", "must be one of locales");
    }
    Set<String> seen = new HashSet<>();
    document
        .locales()
        .forEach(
            (locale, parts) -> {
              String at = "/locales/" + locale.replace("~", "~0").replace("/", "~1");
              String wrong = TemplateRules.locale(locale);
              if (wrong != null) {
                problem(at, wrong);
              } else if (!seen.add(locale.toLowerCase(Locale.ROOT))) {
                problem(at, "stands there twice, with other capitals");
              }
              check(at, parts);
            });
  }

  private void check(String at, TemplateParts parts) {
    if (parts.message() == null && parts.html() == null) {
      problem(at, "must have a message or html");
    }
    check(at, Kind.TITLE, parts.title());
    check(at, Kind.MESSAGE, parts.message());
    check(at, Kind.HTML, parts.html());
  }

  private void check(String at, Kind kind, @Nullable String text) {
    String wrong = text == null ? null : Part.problem(kind, text);
    if (wrong != null) {
      problem(at + "/" + kind.wireName(), wrong);
    }
  }

  private void problem(String pointer, String detail) {
    problems.add(new FieldProblem(pointer, detail));
  }
}
