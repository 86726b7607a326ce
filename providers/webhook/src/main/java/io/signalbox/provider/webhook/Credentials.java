package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import io.signalbox.toolkit.HttpCall;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the requests sign in, besides what their headers say.
 *
 * @param bearer null without a token
 * @param user null without basic authentication
 * @param password goes with the user
 */
record Credentials(@Nullable Secret bearer, @Nullable String user, @Nullable Secret password) {

  static Credentials read(ConfigReader reader) {
    Secret bearer = reader.secret("bearer_token").orElse(null);
    if (bearer != null && reader.keys().contains("basic")) {
      reader.problem("basic", "must not be there beside bearer_token");
    }
    if (!reader.keys().contains("basic")) {
      return new Credentials(bearer, null, null);
    }
    ConfigReader basic = reader.block("basic");
    String user = basic.requiredText("user");
    if (user.contains(":")) {
      basic.problem("user", "must not have a colon");
    }
    return new Credentials(bearer, user, basic.requiredSecret("password"));
  }

  /** The call with these credentials; a header of the configuration wins. */
  HttpCall sign(HttpCall call) {
    if (bearer != null) {
      return call.withBearer(bearer);
    }
    return Optional.ofNullable(user)
        .flatMap(name -> Optional.ofNullable(password).map(word -> call.withBasic(name, word)))
        .orElse(call);
  }
}
