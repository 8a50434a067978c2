package dev.retort.option;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method for those who carry out what a sentence of the language says: plans, learners, the
 * kernel. No sentence has it as a word, so lists of what can be said leave it out, with all methods
 * that override it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Inner {}
