package io.signalbox.gateway.compat.resend;

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
import org.jspecify.annotations.Nullable;

/** {@code POST /emails}. */
final class ResendSend implements DialectCall.Sending {
  private static final int MAX_BYTES = 1 << 20;
  private static final int LONGEST_KEY = 256;

  @Override
  public String path() {
    return "/emails";
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  @Override
  public Asked read(DialectRequest request) {
    request.refuseQuery();
    String key = key(request);
    if (!(JsonFields.body(request.body()) instanceof JsonObject json)) {
      throw new RefusedException(new Refusal(422, "the body must be an object"));
    }
    Mistakes mistakes = new Mistakes();
    List<AskedNotification> mail = ResendMail.read(json, "", request.now(), mistakes);
    mistakes.check();
    return new Asked(mail, true, key);
  }

  @Override
  public DialectAnswer answer(DialectRequest request, Asked asked, List<Taken> taken) {
    return DialectAnswer.json(200, id(asked.messages(taken).get(0)));
  }

  /** What is told of a mail that was taken. */
  static JsonObject id(Taken message) {
    if (message instanceof Taken.Accepted accepted) {
      return new JsonObject().put("id", accepted.id().toString());
    }
    throw new RefusedException(((Taken.Refused) message).refusal());
  }

  /** The idempotency key; null for none. */
  static @Nullable String key(DialectRequest request) {
    String key = request.header(ResendFields.IDEMPOTENCY_KEY);
    if (key != null && (key.isEmpty() || key.length() > LONGEST_KEY)) {
      throw new RefusedException(
          new Refusal(
              400,
              "the idempotency key is not one",
              List.of(
                  new Refusal.Mistake(
                      ResendFields.IDEMPOTENCY_KEY,
                      "must have 1 to " + LONGEST_KEY + " characters")),
              0));
    }
    return key;
  }
}
