package io.signalbox.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.Template;
import io.signalbox.gateway.ledger.TemplateDocument;
import io.signalbox.gateway.ledger.TemplateParts;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.notification.Rendered;
import io.signalbox.gateway.notification.TemplateUse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What templates and data make of each other. */
class TemplateRenderTest {
  private static final String HOSTILE = "<script>alert('x & \"y\"')</script>{{name}}";

  @Test
  void dataAreEscapedInHtmlAndNowhereElse() {
    Rendered rendered =
        done(new TemplateParts("{{x}}", "{{x}} {{{x}}}", "<b>{{x}}</b>"), Map.of("x", HOSTILE));
    assertThat(rendered.title()).isEqualTo(HOSTILE);
    assertThat(rendered.message()).isEqualTo(HOSTILE + " " + HOSTILE);
    assertThat(rendered.html())
        .startsWith("<b>&lt;script&gt;alert(&#39;x &amp; &quot;y&quot;&#39;)")
        .endsWith("{{name}}</b>");
  }

  @Test
  void anAuthorCanSayThatHtmlIsNotEscaped() {
    Rendered rendered = done(new TemplateParts(null, null, "{{{x}}}{{&x}}"), Map.of("x", "<i>"));
    assertThat(rendered.html()).isEqualTo("<i><i>");
  }

  @Test
  void htmlIsForMailOnly() {
    CompiledTemplate template =
        compiled(Map.of("en", new TemplateParts(null, "m", "{{missing}}")), "en");
    Rendering rendering = template.render(new TemplateUse("t", null, null, Map.of(), false));
    assertThat(((Rendering.Done) rendering).rendered().html()).isNull();
  }

  @Test
  void sectionsShowWhatIsThereAndRepeatLists() {
    Map<String, Object> data =
        Map.of(
            "items",
            List.of(Map.of("name", "tea", "price", "12.50"), Map.of("name", "milk")),
            "paid",
            true,
            "late",
            false,
            "nick",
            "",
            "tags",
            List.of("a", "b"),
            "address",
            Map.of("city", "Graz"),
            "shop",
            "S");
    assertThat(
            message(
                "{{#items}}{{-index}} {{name}}{{#price}} at {{price}}{{/price}}"
                    + "{{^-last}}, {{/-last}}{{/items}}|{{#paid}}paid{{/paid}}{{^late}} in time"
                    + "{{/late}}|{{#nick}}no{{/nick}}{{^nick}}none{{/nick}}|{{#tags}}{{.}}{{/tags}}"
                    + "|{{address.city}} {{#address}}{{city}} {{shop}}{{/address}}"
                    + "|{{#absent}}no{{/absent}}{{^absent}}yes{{/absent}}{{! a comment }}",
                data))
        .isEqualTo("1 tea at 12.50, 2 milk|paid in time|none|ab|Graz Graz S|yes");
  }

  @Test
  void eachMissingVariableIsNamedInOneAnswer() {
    List<FieldProblem> problems =
        refused(
            compiled(
                Map.of(
                    "en",
                    new TemplateParts(
                        "{{a}}", "{{b.c}}{{#items}}{{d}}{{/items}}{{^no}}{{e}}{{/no}}", "{{f}}")),
                "en"),
            Map.of("items", List.of(Map.of("d", "x"), Map.of()), "b", Map.of()));
    assertThat(problems)
        .extracting(FieldProblem::detail)
        .allMatch(detail -> detail.startsWith("has no value for "))
        .extracting(detail -> detail.substring(17, detail.indexOf(',')))
        .containsExactly("a", "b.c", "d", "e", "f");
    assertThat(problems).extracting(FieldProblem::pointer).containsOnly("/data");
    assertThat(problems.get(0).detail()).contains("the template t needs (version 3)");
  }

  @Test
  void whatIsNoTextIsNotShownAsOne() {
    assertThat(
            refused(
                compiled(Map.of("en", new TemplateParts(null, "{{o}} {{l}}", null)), "en"),
                Map.of("o", Map.of("x", "y"), "l", List.of("a"))))
        .extracting(FieldProblem::detail)
        .containsExactly(
            "has a list or an object as o, where the template shows a text",
            "has a list or an object as l, where the template shows a text");
  }

  @Test
  void noTemplateReachesBehindTheData() {
    for (String name :
        List.of("class", "getClass", "x.class", "x.bytes", "x.length", "hashCode", "entrySet")) {
      assertThat(
              refused(
                  compiled(Map.of("en", new TemplateParts(null, "{{" + name + "}}", null)), "en"),
                  Map.of("x", "text", "o", Map.of())))
          .as(name)
          .hasSize(1);
    }
  }

  @Test
  void aBombOfRepetitionsEndsSoon() {
    Map<String, Object> data = Map.of("a", Collections.nCopies(1_000, "x"));
    String nested = "{{#a}}".repeat(10) + "{{/a}}".repeat(10);
    assertThat(refused(compiled(Map.of("en", new TemplateParts(null, nested, null)), "en"), data))
        .extracting(FieldProblem::detail)
        .containsExactly("takes more than 500000 steps to be filled in");
    String missing = "{{#a}}".repeat(9) + "{{b}}{{c}}" + "{{/a}}".repeat(9);
    assertThat(refused(compiled(Map.of("en", new TemplateParts(null, missing, null)), "en"), data))
        .isNotEmpty();
  }

  @Test
  void tagsThatLookNothingUpCostSomethingToo() {
    Map<String, Object> data = Map.of("a", Collections.nCopies(21_000, ""));
    for (String tag : List.of("{{.}}", "{{#-first}}{{/-first}}", "{{^.}}{{/.}}")) {
      String text = "x{{#a}}" + tag.repeat(240) + "{{/a}}";
      assertThat(refused(compiled(Map.of("en", new TemplateParts(null, text, null)), "en"), data))
          .as(tag)
          .extracting(FieldProblem::detail)
          .containsExactly("takes more than 500000 steps to be filled in");
    }
    // A long bill is not meant.
    Map<String, Object> bill =
        Map.of("a", Collections.nCopies(2_000, Map.of("b", "1", "c", "2", "d", "3")));
    assertThat(message("{{#a}}{{b}}{{c}}{{d}}\n{{/a}}" + "{{! x}}".repeat(200), bill))
        .startsWith("123\n123\n");
  }

  @Test
  void theRestOfWhatIsMissingIsNamedByItsWholeName() {
    assertThat(
            refused(
                compiled(Map.of("en", new TemplateParts(null, "{{b.c}} {{x}}", null)), "en"),
                Map.of()))
        .extracting(problem -> problem.detail().substring(17, problem.detail().indexOf(',')))
        .containsExactly("b.c", "x");
  }

  @Test
  void textsThatGrowTooLongAreRefused() {
    Map<String, Object> data = Map.of("a", Collections.nCopies(400, "x"), "b", "y".repeat(400));
    for (String text : List.of("{{#a}}{{b}}{{/a}}", "{{#a}}" + "z".repeat(300) + "{{/a}}")) {
      assertThat(refused(compiled(Map.of("en", new TemplateParts(null, text, null)), "en"), data))
          .extracting(FieldProblem::detail)
          .containsExactly("makes a message of more than 100000 characters");
    }
    assertThat(
            refused(compiled(Map.of("en", new TemplateParts("{{b}}{{b}}", "m", null)), "en"), data))
        .extracting(FieldProblem::detail)
        .containsExactly("makes a title of more than 500 characters");
  }

  @Test
  void theLanguageIsLookedUpAsRfc4647Says() {
    List<String> available = List.of("en", "de", "de-AT", "zh-Hant", "pt-BR");
    Map<String, String> wanted = new HashMap<>();
    wanted.put("de-AT", "de-AT");
    wanted.put("DE-at-1996", "de-AT");
    wanted.put("de-CH", "de");
    wanted.put("zh-Hant-CN-x-private1", "zh-Hant");
    wanted.put("zh-Hans", "en");
    wanted.put("pt", "en");
    wanted.put("pt-BR-a", "pt-BR");
    wanted.put("fr", "en");
    wanted.put(null, "en");
    wanted.forEach(
        (tag, chosen) ->
            assertThat(LocaleLookup.choose(tag, "en", available)).as(tag).isEqualTo(chosen));
  }

  @Test
  void textsThatAreNoTemplatesAreToldWithTheReason() {
    Map<String, String> wrong = new HashMap<>();
    wrong.put("{{name", "has a tag without an end");
    wrong.put("{{{name}}", "has a tag without an end");
    wrong.put("{{#a}}", "has a section without an end: a");
    wrong.put("{{#a}}{{#b}}{{/a}}{{/b}}", "has an end of no section: a");
    wrong.put("{{/a}}", "has an end of no section: a");
    wrong.put("{{>part}}", "of a kind that templates here do not have: >part");
    wrong.put("{{<parent}}{{/parent}}", "of a kind that templates here do not have");
    wrong.put("{{$block}}{{/block}}", "of a kind that templates here do not have");
    wrong.put("{{=<% %>=}}", "of a kind that templates here do not have");
    wrong.put("{{a b}}", "has a name that is none: a b");
    wrong.put("{{}}", "has a name that is none");
    wrong.put("{{ {a} }}", "braces");
    wrong.put("{{! {{#a}} }}", "braces");
    wrong.put("{{a\nb}}", "control characters");
    wrong.put("{{#a}}".repeat(11) + "{{/a}}".repeat(11), "has sections deeper than 10");
    wrong.put("{{a}}".repeat(501), "has more than 500 tags");
    wrong.put(" ", "must not be blank");
    wrong.put("x".repeat(50_001), "must have at most 50000 characters");
    wrong.forEach(
        (text, problem) ->
            assertThat(Part.problem(Part.Kind.MESSAGE, text)).as(text).contains(problem));
    assertThat(Part.problem(Part.Kind.TITLE, "a\nb")).contains("one line");
    assertThat(Part.problem(Part.Kind.MESSAGE, "a } b {c} {{ d }} }} \n{{e.f-g}}")).isNull();
  }

  /** Random tags and data: nothing but texts and refusals comes of them. */
  @Test
  void noTextAndNoDataMakeItFail() {
    long seed = Long.getLong("signalbox.fuzz.seed", 1);
    Random random = new Random(seed);
    int filled = 0;
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = text(random);
      String shown = "seed " + seed + ", " + text;
      if (Part.problem(Part.Kind.HTML, text) != null) {
        continue;
      }
      CompiledTemplate template = compiled(Map.of("en", new TemplateParts(null, null, text)), "en");
      Rendering rendering = template.render(use(object(random, 0)));
      if (rendering instanceof Rendering.Done done) {
        filled++;
        assertThat(done.rendered().html()).as(shown).doesNotContain("<evil>");
      } else {
        refused++;
        assertThat(((Rendering.Refused) rendering).problems()).as(shown).isNotEmpty();
      }
    }
    assertThat(filled).as("seed " + seed).isGreaterThan(100);
    assertThat(refused).as("seed " + seed).isGreaterThan(100);
  }

  private static String text(Random random) {
    List<String> pieces =
        List.of(
            "{{",
            "}}",
            "{{a}}",
            "{{b.c}}",
            "{{#a}}",
            "{{/a}}",
            "{{^b}}",
            "{{/b}}",
            "{{.}}",
            "{{-index}}",
            "{{! x}}",
            " ",
            "\n",
            "<p>",
            "{",
            "}",
            "{{#c}}",
            "{{/c}}",
            "{{ c }}",
            "{{>a}}",
            "{{=| |=}}",
            "\u0000",
            "\ud83d\ude00",
            "{{a.b.c}}",
            "{{#a.b}}",
            "{{/a.b}}");
    StringBuilder text = new StringBuilder("x");
    List<String> open = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      if (random.nextInt(4) == 0 && open.size() < 6) {
        String name = List.of("a", "b", "c", "a.b").get(random.nextInt(4));
        open.add(name);
        text.append(random.nextBoolean() ? "{{#" : "{{^").append(name).append("}}");
      } else if (random.nextInt(3) == 0 && !open.isEmpty()) {
        text.append("{{/").append(open.remove(open.size() - 1)).append("}}");
      } else if (random.nextInt(3) == 0) {
        text.append("{{").append(List.of("a", "b.c", ".", "c").get(random.nextInt(4))).append("}}");
      } else if (random.nextInt(6) == 0) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
    }
    while (!open.isEmpty()) {
      text.append("{{/").append(open.remove(open.size() - 1)).append("}}");
    }
    return text.toString();
  }

  private static Map<String, Object> object(Random random, int depth) {
    Map<String, Object> object = new HashMap<>();
    for (String name : List.of("a", "b", "c")) {
      if (random.nextInt(4) > 0) {
        object.put(name, value(random, depth + 1));
      }
    }
    return object;
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 4 ? 4 : 6)) {
      case 0 -> "<evil>";
      case 1 -> "";
      case 2 -> random.nextBoolean();
      case 3 -> "1e999999";
      case 4 -> object(random, depth);
      default -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth + 1));
        }
        yield list;
      }
    };
  }

  private static String message(String text, Map<String, Object> data) {
    return done(new TemplateParts(null, text, null), data).message();
  }

  private static Rendered done(TemplateParts parts, Map<String, Object> data) {
    Rendering rendering = compiled(Map.of("en", parts), "en").render(use(data));
    assertThat(rendering).isInstanceOf(Rendering.Done.class);
    return ((Rendering.Done) rendering).rendered();
  }

  private static List<FieldProblem> refused(CompiledTemplate template, Map<String, Object> data) {
    Rendering rendering = template.render(use(data));
    assertThat(rendering).isInstanceOf(Rendering.Refused.class);
    return ((Rendering.Refused) rendering).problems();
  }

  private static TemplateUse use(Map<String, Object> data) {
    return new TemplateUse("t", null, null, data, true);
  }

  private static CompiledTemplate compiled(Map<String, TemplateParts> locales, String fallback) {
    return new CompiledTemplate(
        new Template("x", "t", 3, new TemplateDocument(null, fallback, locales), 1, "alex"));
  }
}
