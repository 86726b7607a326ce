package io.signalbox.gateway.bus;

import io.signalbox.gateway.bus.NodeOperationMessages.OperateThere;
import io.signalbox.gateway.bus.NodeOperationMessages.OperatedThere;
import io.signalbox.gateway.bus.OperationMessages.Operate;
import io.signalbox.gateway.bus.OperationMessages.Operated;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The forms of calls of operations between nodes. */
final class NodeOperationForms {
  static final List<NodeForm<?>> ALL =
      List.of(
          NodeForm.of(OperateThere.class, NodeOperationForms::write, NodeOperationForms::operate),
          NodeForm.of(
              OperatedThere.class, NodeOperationForms::write, NodeOperationForms::operated));

  private NodeOperationForms() {}

  private static JsonObject write(OperateThere message) {
    Operate operate = message.operate();
    CallForm<?, ?> form = CallForms.of(operate.call().getClass());
    return new JsonObject()
        .put("provider", message.provider())
        .put("handed_over_at_ms", message.handedOverAtMillis())
        .put("attempt", operate.attempt().toString())
        .put("call", form.name())
        .put("fields", form.callFields(operate.call()));
  }

  private static OperateThere operate(JsonObject json) {
    CallForm<?, ?> form = CallForms.named(NodeForms.text(json, "call"));
    return new OperateThere(
        NodeForms.text(json, "provider"),
        NodeForms.number(json, "handed_over_at_ms"),
        new Operate(
            AttemptForm.attempt(json), form.readCall().apply(json.getJsonObject("fields"))));
  }

  private static JsonObject write(OperatedThere message) {
    CallForm<?, ?> form = CallForms.of(message.call());
    Operated operated = message.operated();
    return AnswerForm.write(operated.answer(), form)
        .put("call", form.name())
        .put("called", operated.called())
        .put("took_ms", operated.tookMillis());
  }

  private static OperatedThere operated(JsonObject json) {
    CallForm<?, ?> form = CallForms.named(NodeForms.text(json, "call"));
    return new OperatedThere(
        form.call(),
        new Operated(
            AnswerForm.answer(json, form),
            json.getBoolean("called"),
            NodeForms.number(json, "took_ms")));
  }
}
