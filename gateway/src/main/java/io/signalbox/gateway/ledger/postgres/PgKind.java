package io.signalbox.gateway.ledger.postgres;

import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Array;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The kinds of values that are bound, with the arrays that hold many of them. */
enum PgKind {
  INT("int4[]", Integer.class),
  LONG("int8[]", Long.class),
  DOUBLE("float8[]", Double.class),
  TEXT("text[]", String.class),
  BYTES("bytea[]", Buffer.class),
  FLAG("bool[]", Boolean.class),
  TIME("timestamptz[]", OffsetDateTime.class);

  private final String arrayType;
  private final Class<?> element;

  PgKind(String arrayType, Class<?> element) {
    this.arrayType = arrayType;
    this.element = element;
  }

  /** The name of the array's type. */
  String arrayType() {
    return arrayType;
  }

  /** An empty array of that many elements. */
  @Nullable Object[] array(int length) {
    return (@Nullable Object[]) Array.newInstance(element, length);
  }

  /** The kind that holds both; a whole number may be given as an int or as a long. */
  static PgKind wider(PgKind one, PgKind other) {
    if (one == other) {
      return one;
    }
    if ((one == INT || one == LONG) && (other == INT || other == LONG)) {
      return LONG;
    }
    throw new IllegalStateException("a parameter is " + one + " here and " + other + " there");
  }

  /** A value as an element of the array. */
  @Nullable Object element(@Nullable Object value) {
    return this == LONG && value instanceof Integer number ? (Object) number.longValue() : value;
  }
}
