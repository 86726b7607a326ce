package io.signalbox.gateway.bus;

import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Shortage;
import io.vertx.core.json.JsonObject;

/** How an answer travels to another node. Pure functions. */
final class AnswerForm {
  private AnswerForm() {}

  static JsonObject write(Answer<?> answer, CallForm<?, ?> form) {
    if (answer instanceof Answer.Done<?> done) {
      return OutcomeForm.put(new JsonObject().put("answer", "done"), done.evidence())
          .put("value", form.valueFields(done.value()));
    }
    if (answer instanceof Answer.Unserved<?> unserved) {
      return OutcomeForm.put(new JsonObject().put("answer", "unserved"), unserved.evidence())
          .put("shortage", unserved.shortage().name())
          .put("lowest_price", NumberForms.write(unserved.lowestPrice()));
    }
    return OutcomeForm.put(
        new JsonObject().put("answer", "failed"), ((Answer.Failed<?>) answer).outcome());
  }

  static <T> Answer<T> answer(JsonObject json, CallForm<?, T> form) {
    return switch (NodeForms.text(json, "answer")) {
      case "done" ->
          new Answer.Done<>(
              form.readValue().apply(json.getJsonObject("value")), OutcomeForm.evidence(json));
      case "unserved" ->
          new Answer.Unserved<>(
              Shortage.valueOf(NodeForms.text(json, "shortage")),
              NumberForms.price(json.getJsonObject("lowest_price")),
              OutcomeForm.evidence(json));
      case "failed" -> new Answer.Failed<>(OutcomeForm.outcome(json));
      default -> throw new IllegalArgumentException("no such answer");
    };
  }
}
