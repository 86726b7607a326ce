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
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code POST /email}. */
final class PostmarkSend implements DialectCall.Sending {
  private static final int MAX_BYTES = 1 << 20;

  @Override
  public String path() {
    return "/email";
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  @Override
  public Asked read(DialectRequest request) {
    request.refuseQuery();
    if (!(JsonFields.body(request.body()) instanceof JsonObject json)) {
      throw new RefusedException(new Refusal(422, "the body must be an object"));
    }
    Mistakes mistakes = new Mistakes();
    List<AskedNotification> mail = PostmarkMail.read(json, mistakes);
    mistakes.check();
    return new Asked(mail, true, null);
  }

  @Override
  public DialectAnswer answer(DialectRequest request, Asked asked, List<Taken> taken) {
    Taken message = asked.messages(taken).get(0);
    if (message instanceof Taken.Refused refused) {
      throw new RefusedException(refused.refusal());
    }
    return DialectAnswer.json(
        200, PostmarkMail.answer(asked.notifications(), message, request.now()));
  }
}
