package io.signalbox.gateway.compat.postmark;

import io.signalbox.gateway.compat.Asked;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.JsonFields;
import io.signalbox.gateway.compat.Mistakes;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.compat.Taken;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /email/batch}: each mail for itself. */
final class PostmarkBatch implements DialectCall.Sending {
  private static final int MAX_BYTES = 4 << 20;
  private static final int MOST = 500;
  private static final int MOST_RECIPIENTS = 5_000;

  @Override
  public String path() {
    return "/email/batch";
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  @Override
  public Asked read(DialectRequest request) {
    request.refuseQuery();
    if (!(JsonFields.body(request.body()) instanceof JsonArray items) || items.isEmpty()) {
      throw new RefusedException(new Refusal(422, "the body must be a list of mails"));
    }
    if (items.size() > MOST) {
      throw RefusedException.of(PostmarkErrors.BATCH, "must have at most " + MOST + " mails");
    }
    List<AskedNotification> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Mistakes mistakes = new Mistakes();
      List<AskedNotification> mail = List.of();
      if (items.getValue(i) instanceof JsonObject json) {
        mail = PostmarkMail.read(json, mistakes);
      } else {
        mistakes.add("", "must be an object");
      }
      all.addAll(
          mistakes.isEmpty()
              ? mail
              : List.of(AskedNotification.refused(PostmarkDialect.NAME, mistakes.refusal())));
      if (all.size() > MOST_RECIPIENTS) {
        throw RefusedException.of(
            PostmarkErrors.BATCH, "must have at most " + MOST_RECIPIENTS + " recipients");
      }
    }
    return new Asked(all, false, null);
  }

  @Override
  public DialectAnswer answer(DialectRequest request, Asked asked, List<Taken> taken) {
    List<List<AskedNotification>> recipients = asked.recipients();
    List<Taken> messages = asked.messages(taken);
    JsonArray answers = new JsonArray();
    for (int i = 0; i < messages.size(); i++) {
      answers.add(PostmarkMail.answer(recipients.get(i), messages.get(i), request.now()));
    }
    return DialectAnswer.json(200, answers);
  }
}
