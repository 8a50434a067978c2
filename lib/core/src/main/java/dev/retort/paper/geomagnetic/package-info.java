/**
 * Many teachers and one student on the field of the Earth: geomagnetic navigation with
 * multi-teacher policy distillation, reconstructed after the abstract of Wenqi Bai and others,
 * 2025, arXiv 2502.05069.
 *
 * <p>{@code Navigation} is the study. A {@code Setting} is one order of the areas: its teachers,
 * one an area, and the students of the first so many of them; {@code Sight} is what a student sees;
 * {@code Missions} are what a method came to, area by area; {@code NavigationClaims} are the
 * verdicts. The parts are tables of the study, each of which can be done alone.
 *
 * <p>The study is written in the words of the language:
 *
 * <pre>{@code
 * Env areas = env("Geomagnetic").train(16).eachTask();
 * Curves teachers = train(td3("Geomagnetic")).on(areas).seeds(16).once();
 * Ensemble students = distill(teachers).on(areas).seeing("goal", "move").minimizing(cosine()).rounds(3).once();
 * evaluate(students).on(env("Geomagnetic").test(36)).by("success").run();
 * }</pre>
 *
 * <p>Depends on {@code dev.retort.paper}, on {@code dev.retort.env.geomagnetic} and on the words of
 * the root.
 */
package dev.retort.paper.geomagnetic;
