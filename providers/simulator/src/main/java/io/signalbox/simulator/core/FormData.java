package io.signalbox.simulator.core;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the two encodings of forms. */
public final class FormData {
  private static final String URL_ENCODED = "application/x-www-form-urlencoded";
  private static final String MULTIPART = "multipart/form-data";

  private FormData() {}

  /**
   * The fields of a form with their values in order; none if the body has another media type; empty
   * if it cannot be read.
   */
  public static Optional<Map<String, List<String>>> read(ApiRequest request) {
    if (request.hasContentType(URL_ENCODED)) {
      return Fields.form(request.body().toString(StandardCharsets.UTF_8));
    }
    String type = request.header("content-type");
    return type == null || !request.hasContentType(MULTIPART)
        ? Optional.of(Map.of())
        : MultipartBody.read(type, request.body());
  }
}
