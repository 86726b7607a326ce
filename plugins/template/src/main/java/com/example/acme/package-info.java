/** Mail through Acme. */
@NullMarked
package com.example.acme;

import org.jspecify.annotations.NullMarked;
