/** Who may do what: the signing key, tokens, roles, and the table of access. */
@NullMarked
package io.signalbox.gateway.security;

import org.jspecify.annotations.NullMarked;
