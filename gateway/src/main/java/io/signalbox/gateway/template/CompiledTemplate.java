package io.signalbox.gateway.template;

import io.signalbox.gateway.ledger.Template;
import io.signalbox.gateway.ledger.TemplateParts;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.notification.Rendered;
import io.signalbox.gateway.notification.TemplateUse;
import io.signalbox.gateway.template.Part.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A version of a template, whose texts are compiled when they are needed. Thread-safe. */
final class CompiledTemplate {
  private final Template template;
  private final Map<String, Map<Kind, Part>> parts = new ConcurrentHashMap<>();

  CompiledTemplate(Template template) {
    this.template = template;
  }

  /** How much memory it takes, in characters of its texts. */
  int weight() {
    return 1_000 + template.document().length();
  }

  /** Whether it is that version. */
  boolean isOf(Template other) {
    return template.version() == other.version()
        && template.createdAtMillis() == other.createdAtMillis();
  }

  /** Fills its texts, in the language that fits, with data. */
  Rendering render(TemplateUse use) {
    String locale =
        LocaleLookup.choose(
            use.locale(),
            template.document().defaultLocale(),
            template.document().locales().keySet());
    RenderRun run = new RenderRun();
    RenderRun.Scope data = run.scope(use.data());
    Map<Kind, String> texts = new EnumMap<>(Kind.class);
    for (Map.Entry<Kind, Part> part : parts.computeIfAbsent(locale, this::compile).entrySet()) {
      Kind kind = part.getKey();
      if (kind == Kind.HTML && !use.mail()) {
        continue;
      }
      String text = part.getValue().render(run, data);
      if (text == null) {
        return new Rendering.Refused(List.of(tooMuch(run, kind)));
      }
      texts.put(kind, text);
    }
    List<FieldProblem> problems = problems(run);
    return problems.isEmpty()
        ? new Rendering.Done(
            new Rendered(
                template.name(),
                template.version(),
                locale,
                texts.get(Kind.TITLE),
                texts.get(Kind.MESSAGE),
                texts.get(Kind.HTML)))
        : new Rendering.Refused(problems);
  }

  private Map<Kind, Part> compile(String locale) {
    Map<Kind, Part> compiled = new EnumMap<>(Kind.class);
    TemplateParts texts = template.document().locales().get(locale);
    if (texts == null) {
      throw new IllegalStateException("a stored template lacks its default language");
    }
    add(compiled, Kind.TITLE, texts.title());
    add(compiled, Kind.MESSAGE, texts.message());
    add(compiled, Kind.HTML, texts.html());
    return compiled;
  }

  private static void add(Map<Kind, Part> compiled, Kind kind, @Nullable String text) {
    if (text != null) {
      compiled.put(kind, Part.compile(kind, text));
    }
  }

  private static FieldProblem tooMuch(RenderRun run, Kind kind) {
    return new FieldProblem(
        "/data",
        run.isSpent()
            ? "takes more than " + RenderRun.MOST_STEPS + " steps to be filled in"
            : "makes a "
                + kind.wireName()
                + " of more than "
                + kind.longestFilled()
                + " characters");
  }

  private List<FieldProblem> problems(RenderRun run) {
    List<FieldProblem> problems = new ArrayList<>();
    for (String name : run.missing()) {
      problems.add(
          new FieldProblem(
              "/data",
              "has no value for "
                  + name
                  + ", which the template "
                  + template.name()
                  + " needs (version "
                  + template.version()
                  + ")"));
    }
    for (String name : run.notTexts()) {
      problems.add(
          new FieldProblem(
              "/data", "has a list or an object as " + name + ", where the template shows a text"));
    }
    return problems;
  }
}
