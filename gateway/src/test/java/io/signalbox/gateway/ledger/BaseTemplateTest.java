package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.TemplateLedger.How;
import io.signalbox.gateway.ledger.TemplateLedger.Written;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Templates in a ledger. */
public abstract class BaseTemplateTest extends LedgerContract {

  @Test
  void aTemplateIsKeptWithItsVersionsAlsoAfterARestart() throws Exception {
    assertThat(put("welcome", document("one")).how()).isEqualTo(How.CREATED);
    assertThat(put("welcome", document("two")).how()).isEqualTo(How.CHANGED);
    assertThat(put("welcome", document("two")).how()).isEqualTo(How.SAME);
    put("bye", document("bye"));
    reopen();

    assertThat(await(templates().template(TENANT, "welcome", TemplateLedger.NEWEST)))
        .contains(new Template(TENANT, "welcome", 2, document("two"), NOW, "alex"));
    assertThat(await(templates().template(TENANT, "welcome", 1)))
        .map(Template::document)
        .contains(document("one"));
    assertThat(await(templates().template(TENANT, "welcome", 3))).isEmpty();
    assertThat(await(templates().templates(TENANT)))
        .extracting(TemplateSummary::name, TemplateSummary::version)
        .containsExactly(tuple("bye", 1), tuple("welcome", 2));
    assertThat(await(templates().versions(TENANT, "welcome")))
        .containsExactly(
            new TemplateSummary("welcome", 2, "greets", "en", List.of("de", "en"), NOW, "alex"),
            new TemplateSummary("welcome", 1, "greets", "en", List.of("de", "en"), NOW, "alex"));
  }

  @Test
  void templatesOfAnotherTenantAreOthers() throws Exception {
    put("welcome", document("one"));
    assertThat(await(templates().template("other", "welcome", TemplateLedger.NEWEST))).isEmpty();
    assertThat(await(templates().templates("other"))).isEmpty();
    assertThat(await(templates().versions("other", "welcome"))).isEmpty();
    assertThat(await(templates().removeTemplate("other", "welcome", BaseTemplateTest::any, NOW)))
        .isFalse();
    assertThat(await(templates().templates(TENANT))).hasSize(1);
  }

  @Test
  void aNumberIsNotUsedAgainAfterARemoval() throws Exception {
    put("welcome", document("one"));
    assertThat(await(templates().removeTemplate(TENANT, "welcome", BaseTemplateTest::any, NOW)))
        .isTrue();
    assertThat(await(templates().removeTemplate(TENANT, "welcome", BaseTemplateTest::any, NOW)))
        .isFalse();
    assertThat(await(templates().template(TENANT, "welcome", TemplateLedger.NEWEST))).isEmpty();
    assertThat(await(templates().template(TENANT, "welcome", 1))).isEmpty();
    assertThat(await(templates().templates(TENANT))).isEmpty();

    Written again = put("welcome", document("one"));
    assertThat(again.how()).isEqualTo(How.CREATED);
    assertThat(again.template().version()).isEqualTo(2);
  }

  @Test
  void theOldestVersionsAreForgotten() throws Exception {
    int more = TemplateLedger.MAX_VERSIONS + 2;
    for (int i = 1; i <= more; i++) {
      put("welcome", document("text " + i));
    }
    assertThat(await(templates().versions(TENANT, "welcome")))
        .hasSize(TemplateLedger.MAX_VERSIONS)
        .first()
        .extracting(TemplateSummary::version)
        .isEqualTo(more);
    assertThat(await(templates().template(TENANT, "welcome", 2))).isEmpty();
    assertThat(await(templates().template(TENANT, "welcome", 3))).isPresent();
  }

  @Test
  void theVersionsOfATenantTakeNoMoreThanTheyMay() throws Exception {
    put("large", document("one"));
    put("small", document("one"));
    // As if its texts were that long.
    String grown = "UPDATE template_versions SET bytes = " + (TemplateLedger.MAX_BYTES - 600);
    assertThat(engine().change(directory, grown + " WHERE name = 'large'")).isEqualTo(1);

    assertThatThrownBy(() -> put("next", document("x".repeat(600))))
        .hasCauseInstanceOf(TemplatesFullException.class);
    assertThat(await(templates().templates(TENANT))).hasSize(2);
    put("small", document("two"));

    await(templates().removeTemplate(TENANT, "large", BaseTemplateTest::any, NOW));
    put("next", document("x".repeat(600)));
  }

  @Test
  void aCheckThatRefusesChangesNothing() throws Exception {
    put("welcome", document("one"));
    Consumer<Optional<Template>> refuse =
        before -> {
          throw new IllegalStateException("was " + before.map(Template::version).orElse(0));
        };
    assertThatThrownBy(
            () ->
                await(
                    templates()
                        .putTemplate(TENANT, "welcome", document("two"), refuse, "alex", NOW)))
        .hasMessageContaining("was 1");
    assertThatThrownBy(() -> await(templates().removeTemplate(TENANT, "nothing", refuse, NOW)))
        .hasMessageContaining("was 0");
    assertThat(await(templates().template(TENANT, "welcome", TemplateLedger.NEWEST)))
        .map(Template::version)
        .contains(1);
  }

  @Test
  void aChangeAndItsLineOfTheAuditLogAreOne() throws Exception {
    TemplateLedger by =
        templates().by(new Act(NOW, new Who(TENANT, "alex", "::1", "c"), "template.put"));
    await(by.putTemplate(TENANT, "welcome", document("one"), BaseTemplateTest::any, "alex", NOW));
    await(by.putTemplate(TENANT, "welcome", document("one"), BaseTemplateTest::any, "alex", NOW));
    await(by.putTemplate(TENANT, "welcome", document("two"), BaseTemplateTest::any, "alex", NOW));
    await(by.removeTemplate(TENANT, "welcome", BaseTemplateTest::any, NOW));
    List<AuditEntry> lines = await(opened.auditLog().auditTrail(10));
    assertThat(lines).hasSize(3).allMatch(line -> line.target().equals("welcome"));
    assertThat(lines)
        .extracting(AuditEntry::after)
        .anySatisfy(after -> assertThat(after).contains("\"version\":2", "\"de\"", "sha256"))
        .containsNull();
    assertThat(lines.toString()).doesNotContain("one {{name}}");
  }

  /** Refuses nothing. */
  private static void any(Optional<Template> before) {
    assertThat(before).isNotNull();
  }

  private TemplateLedger templates() {
    return opened.templates();
  }

  private Written put(String name, TemplateDocument document) throws Exception {
    return await(
            templates().putTemplate(TENANT, name, document, BaseTemplateTest::any, "alex", NOW))
        .orElseThrow();
  }

  private static TemplateDocument document(String text) {
    return new TemplateDocument(
        "greets",
        "en",
        Map.of(
            "en", new TemplateParts("title", text + " {{name}}", "<p>" + text + "</p>"),
            "de", new TemplateParts(null, text, null)));
  }
}
