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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /emails/batch}. */
final class ResendBatch implements DialectCall.Sending {
  private static final int MAX_BYTES = 4 << 20;
  private static final int MOST = 100;

  @Override
  public String path() {
    return "/emails/batch";
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  @Override
  public Asked read(DialectRequest request) {
    request.refuseQuery();
    String key = ResendSend.key(request);
    boolean strict = isStrict(request);
    if (!(JsonFields.body(request.body()) instanceof JsonArray items)
        || items.isEmpty()
        || items.size() > MOST) {
      throw new RefusedException(
          new Refusal(422, "the body must be a list of 1 to " + MOST + " mails"));
    }
    List<AskedNotification> all = new ArrayList<>();
    Mistakes ofAll = new Mistakes();
    for (int i = 0; i < items.size(); i++) {
      Mistakes mistakes = strict ? ofAll : new Mistakes();
      String path = strict ? i + "." : "";
      List<AskedNotification> mail = List.of();
      if (items.getValue(i) instanceof JsonObject json) {
        mail = ResendMail.read(json, path, request.now(), mistakes);
      } else {
        mistakes.add(strict ? String.valueOf(i) : "", "must be an object");
      }
      all.addAll(
          strict || mistakes.isEmpty()
              ? mail
              : List.of(AskedNotification.refused(ResendDialect.NAME, mistakes.refusal())));
    }
    ofAll.check();
    return new Asked(all, strict, key);
  }

  private static boolean isStrict(DialectRequest request) {
    String validation = request.header(ResendFields.BATCH_VALIDATION);
    if (validation == null || validation.equals("strict")) {
      return true;
    }
    if (validation.equals("permissive")) {
      return false;
    }
    throw RefusedException.of(ResendFields.BATCH_VALIDATION, "must be strict or permissive");
  }

  @Override
  public DialectAnswer answer(DialectRequest request, Asked asked, List<Taken> taken) {
    JsonArray ids = new JsonArray();
    JsonArray errors = new JsonArray();
    List<Taken> mails = asked.messages(taken);
    for (int i = 0; i < mails.size(); i++) {
      if (mails.get(i) instanceof Taken.Refused refused && isOfItem(asked, refused)) {
        errors.add(
            new JsonObject()
                .put("index", i)
                .put("message", ResendErrors.message(refused.refusal())));
      } else {
        ids.add(ResendSend.id(mails.get(i)));
      }
    }
    JsonObject answer = new JsonObject().put("data", ids);
    return DialectAnswer.json(200, asked.allOrNone() ? answer : answer.put("errors", errors));
  }

  /** A strict answer has no place for it, and a key that was used is a mistake of the request. */
  private static boolean isOfItem(Asked asked, Taken.Refused refused) {
    return !asked.allOrNone() && refused.refusal().kind() != Refusal.Kind.KEY_REUSED;
  }
}
