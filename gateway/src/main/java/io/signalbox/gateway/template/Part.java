package io.signalbox.gateway.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.signalbox.gateway.template.RenderRun.Scope;
import org.jspecify.annotations.Nullable;

/** One text of a template, compiled. Thread-safe. */
final class Part {
  private static final JsonCollector JSON = new JsonCollector();
  private static final Mustache.Compiler PLAIN =
      Mustache.compiler().withCollector(JSON).withFormatter(JSON).escapeHTML(false);
  private static final Mustache.Compiler HTML = PLAIN.escapeHTML(true);

  private final Kind kind;
  private final Template template;
  private final int tags;

  private Part(Kind kind, Template template, int tags) {
    this.kind = kind;
    this.template = template;
    this.tags = tags;
  }

  /** What is wrong with a text, as a sentence part; null if nothing is. */
  static @Nullable String problem(Kind kind, String text) {
    if (text.isBlank()) {
      return "must not be blank";
    }
    if (text.length() > kind.longest) {
      return "must have at most " + kind.longest + " characters";
    }
    if (kind == Kind.TITLE && text.chars().anyMatch(Character::isISOControl)) {
      return "must be one line without control characters";
    }
    String wrong = TemplateSyntax.problem(text);
    if (wrong != null) {
      return wrong;
    }
    try {
      compile(kind, text);
      return null;
    } catch (MustacheException e) {
      return "cannot be read as a template";
    }
  }

  /**
   * Compiles a text.
   *
   * @throws MustacheException if {@link #problem} has something to say
   */
  static Part compile(Kind kind, String text) {
    Template compiled = (kind == Kind.HTML ? HTML : PLAIN).compile(text);
    return new Part(kind, compiled, TemplateSyntax.tags(text));
  }

  /**
   * Fills it with data. What has no value is noted, and filled with nothing.
   *
   * @return the text, empty if variables were missing; null if it costs too much or grows too long
   */
  @Nullable String render(RenderRun run, Scope data) {
    run.begin(tags);
    while (true) {
      BoundedWriter out = new BoundedWriter(kind.longestFilled);
      try {
        template.execute(data, out);
        return run.isSpent() ? null : out.toString();
      } catch (MustacheException.Context e) {
        if (run.isSpent() || out.isFull()) {
          return null;
        }
        if (!run.misses(e.key)) {
          return "";
        }
      } catch (MustacheException | IllegalStateException e) {
        if (run.isSpent() || out.isFull()) {
          return null;
        }
        throw e;
      }
    }
  }

  /** What a text is for. */
  enum Kind {
    /** One line: a subject. */
    TITLE("title", 500, 500),
    /** Plain text, never escaped. */
    MESSAGE("message", 50_000, 100_000),
    /** HTML, in which what data give is escaped. */
    HTML("html", 100_000, 200_000);

    private final String wireName;
    private final int longest;
    private final int longestFilled;

    Kind(String wireName, int longest, int longestFilled) {
      this.wireName = wireName;
      this.longest = longest;
      this.longestFilled = longestFilled;
    }

    String wireName() {
      return wireName;
    }

    /** How many characters it may have with its data in it. */
    int longestFilled() {
      return longestFilled;
    }
  }
}
